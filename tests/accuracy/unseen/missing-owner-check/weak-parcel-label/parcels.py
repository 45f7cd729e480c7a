from flask import abort
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Parcel(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int]
    recipient: Mapped[str]
    street: Mapped[str]
    town: Mapped[str]
    cents: Mapped[int]

    def brief(self):
        return {"id": self.id, "town": self.town}


class ParcelStore:
    def __init__(self, database):
        self.db = database

    def of_shop(self, shop_id):
        return self.db.session.scalars(self.db.select(Parcel).filter_by(shop_id=shop_id))

    def one(self, number, **criteria):
        found = self.db.session.scalar(self.db.select(Parcel).filter_by(id=number, **criteria))
        return found or abort(404)
