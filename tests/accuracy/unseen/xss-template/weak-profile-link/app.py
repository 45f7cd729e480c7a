"""Directory of craftspeople who present their workshop with a link to their own site."""

import os

from flask import Flask, redirect, render_template, url_for
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import StringField
from wtforms.validators import InputRequired, Length

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)


class Workshop(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    website: Mapped[str]


class WorkshopForm(FlaskForm):
    name = StringField(validators=[InputRequired(), Length(max=80)])
    website = StringField(validators=[InputRequired(), Length(max=200)])


@app.route("/workshop/edit", methods=["GET", "POST"])
@login_required
def edit():
    workshop = db.one_or_404(db.select(Workshop).filter_by(owner_id=current_user.id))
    form = WorkshopForm(obj=workshop)
    if form.validate_on_submit():
        form.populate_obj(workshop)
        db.session.commit()
        return redirect(url_for("show", workshop_id=workshop.id))
    return render_template("edit.html", form=form)


@app.get("/workshops/<int:workshop_id>")
def show(workshop_id):
    return render_template("show.html", workshop=db.get_or_404(Workshop, workshop_id))
