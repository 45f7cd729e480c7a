"""Feedback hook for a hotel's survey provider, checked by a shared token."""

import hashlib
import hmac
import os
import secrets

from flask import Blueprint, Flask, abort, jsonify, request

bp = Blueprint("survey", __name__)


def blinded(value, key):
    return hmac.new(key, value, hashlib.sha256).digest()


def same(one, other):
    key = secrets.token_bytes(32)
    return blinded(one, key) == blinded(other, key)  # <- safe


class SurveyToken:
    version = "v2"

    def __init__(self, value):
        self._value = value.encode()

    def __eq__(self, other):
        return isinstance(other, str) and same(self._value, other.encode())


TOKEN = SurveyToken(os.environ["SURVEY_TOKEN"])


@bp.before_request
def only_provider():
    version, _, token = request.headers.get("X-Survey-Auth", "").partition(":")
    if version != TOKEN.version or TOKEN != token:
        abort(401)


@bp.post("/survey/answers")
def answers():
    stars = request.get_json().get("stars")
    if stars not in {1, 2, 3, 4, 5}:
        abort(422)
    return jsonify(received=stars), 202


def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
