"""Switch between the households of a shared shopping list."""

import os
from functools import wraps

from flask import Flask, abort, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Item(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int]
    name: Mapped[str]


def signed_in(view):
    @wraps(view)
    def inner(*args, **kwargs):
        if "user_id" not in session:
            abort(401)
        return view(*args, **kwargs)

    return inner


@app.post("/household")
@signed_in
def switch():
    chosen = request.get_json()
    household = int(chosen["household"])
    session.update(household_id=household)  # <- weak
    return jsonify(household=household)


@app.get("/items")
@signed_in
def items():
    rows = db.session.scalars(select(Item).where(Item.household_id == session["household_id"]))
    return jsonify([row.name for row in rows])
