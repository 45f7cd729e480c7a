"""Editing of an advert on a swap market, through a form with three fields."""

import os

from flask import Flask, abort, redirect, render_template, url_for
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Advert(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    featured: Mapped[bool] = mapped_column(default=False)


class AdvertForm(FlaskForm):
    title = StringField(validators=[DataRequired(), Length(max=80)])
    text = TextAreaField(validators=[Length(max=2000)])


@app.route("/adverts/<int:advert_id>/edit", methods=["GET", "POST"])
@login_required
def edit(advert_id):
    advert = db.get_or_404(Advert, advert_id)
    if advert.owner_id != current_user.id:
        abort(403)
    form = AdvertForm(obj=advert)
    if form.validate_on_submit():
        form.populate_obj(advert)  # <- safe
        db.session.commit()
        return redirect(url_for("edit", advert_id=advert.id))
    return render_template("edit.html", form=form)
