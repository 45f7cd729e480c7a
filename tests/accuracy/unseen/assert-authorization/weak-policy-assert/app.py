"""Publishing of council minutes by the clerks of the municipality."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, current_user, login_required

from minutes import Minutes, db
from policy import Policy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)


@app.errorhandler(AssertionError)
def not_allowed(_error):
    return jsonify(error="You may not do this."), 403


@app.post("/minutes/<int:number>/publish")
@login_required
def publish(number):
    document = db.get_or_404(Minutes, number)
    with Policy(current_user).to("publish", document):
        document.public = True
        db.session.commit()
    return jsonify(public=True)
