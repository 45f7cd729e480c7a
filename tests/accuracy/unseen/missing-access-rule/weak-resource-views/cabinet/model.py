import datetime as dt

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Medicine(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    stock: Mapped[int]


class Given(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    medicine_id: Mapped[int]
    resident: Mapped[str]
    at: Mapped[dt.datetime]
