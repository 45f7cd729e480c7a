"""Contact page of a veterinary practice that sends mail to the front desk."""

import os

from flask import Flask, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from post_office import PostOffice

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class ContactForm(FlaskForm):
    animal = StringField(validators=[InputRequired(), Length(max=80)])
    message = TextAreaField(validators=[InputRequired(), Length(max=4000)])


@app.route("/contact", methods=["GET", "POST"])
def contact():
    form = ContactForm()
    if form.validate_on_submit():
        with PostOffice() as office:
            office.deliver("Question about " + form.animal.data, form.message.data)
        flash("Thank you, we will answer soon.")
        return redirect(url_for("contact"))
    return render_template("contact.html", form=form)
