"""Staff phone book of a hospital group backed by its directory."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from directory import PhoneBook

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
book = PhoneBook(os.environ["LDAP_URL"], "ou=people,dc=clinics,dc=example")


@app.get("/phonebook")
@login_required
def phonebook():
    criteria = {"department": request.args.get("ward"), "sn": request.args.get("surname")}
    found = book.find({name: value for name, value in criteria.items() if value})
    return jsonify(found)
