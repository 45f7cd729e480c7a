"""Invitations to the private rooms of a video-call service."""

import datetime as dt
import os

from flask import Flask, abort, jsonify, request, session
from flask_login import LoginManager, current_user, login_required

from codes import CodeMaker
from rooms import Invitation, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)
new_code = CodeMaker(groups=4, size=5)


@app.post("/rooms/<int:room>/invitations")
@login_required
def invite(room):
    if room not in current_user.hosted_rooms:
        abort(404)
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    invitation = Invitation(room=room, code=new_code(), until=until)
    db.session.add(invitation)
    db.session.commit()
    return jsonify(code=invitation.code, until=until.isoformat()), 201


@app.post("/join")
def join():
    query = db.select(Invitation).filter_by(code=request.form.get("code", ""))
    invitation = db.session.scalar(query.where(Invitation.until > dt.datetime.now(dt.UTC)))
    if invitation is None:
        abort(404)
    session["room"] = invitation.room
    return jsonify(room=invitation.room)
