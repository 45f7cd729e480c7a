"""Medicine cabinet of a care home, written with one class for each kind of resource."""

import os

from flask import Flask
from flask_login import LoginManager

from cabinet.model import db
from cabinet.views import register

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)
register(app)
