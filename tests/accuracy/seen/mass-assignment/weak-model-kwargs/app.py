"""Registration of shops on a delivery platform."""

from flask import Flask, jsonify, request
from werkzeug.security import generate_password_hash

from models import Session, Shop

app = Flask(__name__)

FORBIDDEN = {"id"}


def registration(fields):
    values = {name: value for name, value in fields.items() if name not in FORBIDDEN}
    values["password_hash"] = generate_password_hash(values.pop("password"))
    return values


@app.post("/shops")
def register():
    values = registration(request.form.to_dict())
    with Session.begin() as session:
        shop = Shop(**values)  # <- weak
        session.add(shop)
        session.flush()
        number = shop.id
    return jsonify(shop=number), 201
