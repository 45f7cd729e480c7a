"""Bank details and pay-out settings of the hosts of a bed-and-breakfast platform."""

import os

from flask import Flask, redirect, render_template, url_for
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

from forms import PayoutForm, ProfileForm

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Host(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    shown_name: Mapped[str]
    iban: Mapped[str]


@app.route("/host/<any(profile, payout):part>", methods=["GET", "POST"])
@login_required
def settings(part):
    host = db.session.get(Host, current_user.id)
    form = {"profile": ProfileForm, "payout": PayoutForm}[part](obj=host)
    if form.validate_on_submit():
        if part == "payout":
            host.iban = form.iban.data
        else:
            host.shown_name = form.shown_name.data
        db.session.commit()
        return redirect(url_for("settings", part=part))
    return render_template("settings.html", form=form)
