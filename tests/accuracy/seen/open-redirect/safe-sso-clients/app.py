"""Log-out page of a single sign-on service with registered return addresses."""

import os

from flask import Flask, redirect, render_template, request, session
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)

RETURN_ADDRESSES = frozenset(
    {
        "https://mail.school.example/",
        "https://files.school.example/",
        "https://timetable.school.example/today",
    }
)


class LogOut(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user = db.Column(db.String(80))
    target = db.Column(db.String(200))


def end_session(target):
    db.session.add(LogOut(user=session.get("user"), target=target[:200]))
    db.session.commit()
    session.clear()


@app.post("/log-out")
def log_out():
    target = request.form.get("return_to", "")
    end_session(target)
    if target not in RETURN_ADDRESSES:
        return render_template("goodbye.html")
    return redirect(target)  # <- safe
