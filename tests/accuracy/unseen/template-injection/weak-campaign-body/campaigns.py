from flask_sqlalchemy import SQLAlchemy
from jinja2 import Environment, StrictUndefined
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()
mail_environment = Environment(autoescape=True, undefined=StrictUndefined)
FOOTER = "\n\n-- \nYou get this mail as {{ customer }}."


class Campaign(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(index=True)
    subject: Mapped[str]
    body: Mapped[str]

    @property
    def source(self):
        return self.body.rstrip() + FOOTER

    def rendered(self, **values):
        return mail_environment.from_string(self.source).render(**values)  # <- weak
