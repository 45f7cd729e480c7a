"""Estimate of the harvest of a vineyard, by one of two models that come with the program."""

from pathlib import Path

import joblib
from flask import Flask, jsonify
from flask_wtf import FlaskForm
from wtforms import FloatField, SelectField
from wtforms.validators import NumberRange

import os

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

MODELS = Path(__file__).resolve().parent / "models"
FILES = {"dry": "dry-year.joblib", "wet": "wet-year.joblib"}


class HarvestForm(FlaskForm):
    season = SelectField(choices=list(FILES))
    rain = FloatField(validators=[NumberRange(0, 2000)])
    sun = FloatField(validators=[NumberRange(0, 3000)])


def model_for(season):
    return joblib.load(MODELS / FILES[season])  # <- safe


@app.post("/harvest")
def harvest():
    form = HarvestForm()
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 422
    model = model_for(form.season.data)
    tons = model.predict([[form.rain.data, form.sun.data]])[0]
    return jsonify(tons=round(float(tons), 1))
