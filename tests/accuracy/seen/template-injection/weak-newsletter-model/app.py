"""Newsletter editor of a sports club; issues are stored and rendered for members."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

from issues import Issue, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)


@app.post("/issues")
@login_required
def create_issue():
    body = request.get_json()
    if not body.get("body"):
        abort(400)
    issue = Issue(subject=body.get("subject", "News"), body=body["body"])
    db.session.add(issue)
    db.session.commit()
    return jsonify(id=issue.id), 201


@app.get("/issues/<int:issue_id>/preview")
@login_required
def preview(issue_id):
    issue = db.get_or_404(Issue, issue_id)
    return jsonify(subject=issue.subject, html=issue.render(member=current_user.get_id()))
