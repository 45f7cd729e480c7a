"""Loyalty points of a bookshop group, shown by the web sites of its shops."""

import os

from flask import Blueprint, Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

points = Blueprint("points", __name__, url_prefix="/points")
SHOPS = frozenset({"https://books-on-main.example", "https://paperboat.example", "https://thereadingroom.example"})


def matched(origin, known=SHOPS):
    return next((shop for shop in known if shop == origin), None)


@points.after_request
def share(response):
    origin = matched(request.headers.get("Origin", ""))
    response.vary.add("Origin")
    if origin is None:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin  # <- safe
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@points.get("/mine")
@login_required
def mine():
    return jsonify(points=current_user.points)


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_SECURE=True)
    LoginManager(app)
    app.register_blueprint(points)
    return app
