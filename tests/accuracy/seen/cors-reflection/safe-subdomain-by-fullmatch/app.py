"""Notes service of a software firm, open to the subdomains that the firm itself hands to its teams."""

import os

from flask import Blueprint, Flask, jsonify, session

from crossing import allow_team_pages

notes = Blueprint("notes", __name__, url_prefix="/notes")
notes.after_request(allow_team_pages)
NOTES = {}


@notes.get("/")
def own_notes():
    member = session.get("member_id")
    if member is None:
        return jsonify(error="sign in"), 401
    return jsonify(NOTES.get(member, []))


@notes.get("/count")
def count():
    return jsonify(count=len(NOTES.get(session.get("member_id"), [])))


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
    app.register_blueprint(notes)
    return app
