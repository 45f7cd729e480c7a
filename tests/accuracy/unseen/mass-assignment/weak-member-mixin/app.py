"""Self-service of a sports club: members look after their own contact data."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

from models import Member, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
login = LoginManager(app)


@login.user_loader
def load(member_id):
    return db.session.get(Member, int(member_id))


@app.patch("/me")
@login_required
def change_me():
    changes = {key: value for key, value in request.get_json().items() if value is not None}
    current_user.absorb(changes)
    db.session.commit()
    return jsonify(current_user.public())
