from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Card(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    driver_id: Mapped[int]
    last_digits: Mapped[str]
    preferred: Mapped[bool] = mapped_column(default=False)


class Wallet:
    def __init__(self, driver_id):
        self.query = db.select(Card).filter_by(driver_id=driver_id)

    @classmethod
    def mine(cls):
        return cls(current_user.id)

    def cards(self):
        return db.session.scalars(self.query).all()

    def card(self, number):
        return db.one_or_404(self.query.filter_by(id=number))

    def prefer(self, number):
        chosen = self.card(number)
        for card in self.cards():
            card.preferred = card is chosen
        db.session.commit()

    def forget(self, card):
        db.session.delete(card)
        db.session.commit()
