"""Order form of a bakery, filled in again after a mistake."""

from flask import Flask, render_template
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, NumberRange

import os

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class OrderForm(FlaskForm):
    customer = StringField(validators=[DataRequired()])
    loaves = IntegerField(validators=[NumberRange(1, 20)])


@app.route("/order", methods=["GET", "POST"])
def order():
    form = OrderForm()
    if form.validate_on_submit():
        return render_template("thanks.html", loaves=form.loaves.data)
    previous = {"customer": form.customer.data or "", "loaves": form.loaves.data or 1}
    return render_template("order.html", form=form, previous=previous)
