"""Profile pages of a running club, whose members describe themselves in a few words."""

import os

from flask import Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, current_user, login_required

from models import Member, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
login = LoginManager(app)


@login.user_loader
def load_member(member_id):
    return db.session.get(Member, int(member_id))


@app.post("/me")
@login_required
def update_bio():
    current_user.bio = request.form.get("bio", "")[:600]
    db.session.commit()
    return redirect(url_for("profile", member_id=current_user.id))


@app.get("/members/<int:member_id>")
def profile(member_id):
    member = db.get_or_404(Member, member_id)
    return render_template("profile.html", member=member)
