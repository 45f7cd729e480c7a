from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Absorbing:
    """Takes over the columns of a mapping; keys that are no column are left out."""

    PROTECTED = frozenset({"id"})

    def absorb(self, values):
        columns = inspect(type(self)).columns.keys()
        for name in columns:
            if name in self.PROTECTED or name not in values:
                continue
            setattr(self, name, values[name])  # <- weak


class Member(Absorbing, UserMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    street: Mapped[str | None]
    is_board: Mapped[bool] = mapped_column(default=False)
    fee_cents: Mapped[int] = mapped_column(default=12000)

    def public(self):
        return {"name": self.name, "phone": self.phone, "street": self.street}
