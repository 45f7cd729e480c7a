"""Search in the catalogue of an antiquarian, with a form that only asks."""

import os

from flask import Flask, jsonify, render_template, request, session
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from catalogue import find

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
CSRFProtect(app)
ORDERS = {}


class SearchForm(FlaskForm):
    class Meta:
        csrf = False  # <- safe

    word = StringField("Word", [InputRequired(), Length(max=60)])
    year = IntegerField("Year", [Optional(), NumberRange(1450, 2100)])


class OrderForm(FlaskForm):
    number = IntegerField("Number", [InputRequired()])


@app.get("/search")
def search():
    form = SearchForm(request.args)
    books = find(form.word.data, form.year.data) if form.validate() else []
    return render_template("search.html", form=form, books=books)


@app.post("/orders")
def order():
    form = OrderForm()
    if "customer_id" not in session or not form.validate_on_submit():
        return jsonify(error="not ordered"), 400
    ORDERS.setdefault(session["customer_id"], []).append(form.number.data)
    return jsonify(ordered=form.number.data), 201
