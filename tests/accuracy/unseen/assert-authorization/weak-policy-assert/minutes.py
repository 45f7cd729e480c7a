from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Minutes(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int]
    text: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
