import datetime as dt

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Invitation(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    until: Mapped[dt.datetime]
