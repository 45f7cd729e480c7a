"""Ending of a magazine subscription on one address for both the question and the answer."""

import os

from flask import Flask, redirect, render_template, url_for
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import SelectField, SubmitField

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)
CSRFProtect(app)


class Subscription(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int]
    reason: Mapped[str | None]
    ended: Mapped[bool] = mapped_column(default=False)

    def end(self, reason):
        self.ended, self.reason = True, reason
        db.session.commit()


class EndForm(FlaskForm):
    reason = SelectField("Why?", choices=["price", "content", "delivery", "other"])
    end = SubmitField("End it")


@app.get("/subscriptions")
@login_required
def subscriptions():
    rows = db.session.scalars(db.select(Subscription).filter_by(reader_id=current_user.id))
    return render_template("list.html", subscriptions=rows)


@app.route("/subscriptions/<int:number>/end", methods=["GET", "POST"])
@login_required
def end(number):  # <- safe
    subscription = db.one_or_404(db.select(Subscription).filter_by(id=number, reader_id=current_user.id))
    form = EndForm()
    if not form.validate_on_submit():
        return render_template("end.html", form=form, subscription=subscription)
    subscription.end(form.reason.data)
    return redirect(url_for("subscriptions"))
