"""Parcels of a locker service, fetched through a helper that refuses other people's parcels."""

import os

from flask import Flask, jsonify, request, session
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Unauthorized

from parcels import fetch_for, parcels_of

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
LOCKERS = frozenset(range(1, 61))


def person():
    ident = session.get("person_id")
    if ident is None:
        raise Unauthorized()
    return ident


@app.get("/parcels")
def index():
    return jsonify(parcels_of(person()))


@app.get("/parcels/<int:number>")
def show(number):
    return jsonify(fetch_for(person(), number).as_dict())


@app.post("/parcels/<int:number>/locker")
def move(number):  # <- safe
    parcel = fetch_for(person(), number)
    locker = request.form.get("locker", type=int)
    if locker not in LOCKERS:
        return jsonify(error="no such locker"), 422
    parcel.locker = locker
    return jsonify(parcel.as_dict())
