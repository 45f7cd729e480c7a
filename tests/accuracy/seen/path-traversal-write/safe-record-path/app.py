"""Removal of old offers from the site of an estate agent."""

import os

from flask import Flask, abort, jsonify
from flask_login import login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)

PLANS = "/srv/estate/plans"


class Offer(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    street: Mapped[str]
    sold: Mapped[bool]

    @property
    def plan_path(self):
        return os.path.join(PLANS, f"offer-{self.id:06d}.pdf")


@app.delete("/offers/<int:offer_id>")
@login_required
def remove_offer(offer_id):
    offer = db.session.get(Offer, offer_id)
    if offer is None or not offer.sold:
        abort(404)
    if os.path.exists(offer.plan_path):
        os.unlink(offer.plan_path)  # <- safe
    db.session.delete(offer)
    db.session.commit()
    return jsonify(removed=offer_id)
