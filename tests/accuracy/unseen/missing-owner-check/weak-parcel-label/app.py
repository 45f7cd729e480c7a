"""Shipping desk for small shops: each shop sees its parcels, their labels and their costs."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, current_user, login_required

from parcels import ParcelStore, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)
store = ParcelStore(db)


@app.get("/parcels")
@login_required
def parcels():
    return jsonify([parcel.brief() for parcel in store.of_shop(current_user.shop_id)])


@app.get("/parcels/<int:number>/costs")
@login_required
def costs(number):
    parcel = store.one(number, shop_id=current_user.shop_id)
    return jsonify(cents=parcel.cents)


@app.get("/parcels/<int:number>/label")
@login_required
def label(number):  # <- weak
    parcel = store.one(number)
    return jsonify(recipient=parcel.recipient, street=parcel.street, town=parcel.town)
