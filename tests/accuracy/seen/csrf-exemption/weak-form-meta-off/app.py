"""Address change of a vegetable box scheme, with a form class that turns its token off."""

import os

from flask import Flask, flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length, Regexp

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
ADDRESSES = {}


class BaseForm(FlaskForm):
    save = SubmitField("Save")


class AddressForm(BaseForm):
    class Meta:
        csrf = False  # <- weak

    street = StringField("Street", [InputRequired(), Length(max=80)])
    postcode = StringField("Postcode", [InputRequired(), Regexp(r"^\d{5}\Z")])


@app.route("/address", methods=["GET", "POST"])
def address():
    member = session.get("member_id")
    if member is None:
        return redirect("/sign-in")
    form = AddressForm()
    if form.validate_on_submit():
        ADDRESSES[member] = (form.street.data, form.postcode.data)
        flash("Saved")
        return redirect(url_for("address"))
    return render_template("address.html", form=form, current=ADDRESSES.get(member))
