"""File names for exported survey maps, following one fixed pattern per kind."""

import os
import re

from flask import Flask, g, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class SurveyMap(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    sheet = db.Column(db.String(12))
    scale = db.Column(db.Integer)


@app.before_request
def naming():
    g.naming = {"pattern": "{map.sheet}-{map.scale}-{suffix}", "suffix": "export"}
    g.naming["suffix"] = re.sub(r"\W+", "_", request.args.get("pattern", "export"))


def file_name(survey_map):
    return g.naming["pattern"].format(map=survey_map, suffix=g.naming["suffix"])  # <- safe


@app.get("/maps/<int:map_id>/name")
def map_name(map_id):
    survey_map = db.get_or_404(SurveyMap, map_id)
    return jsonify(name=file_name(survey_map) + ".tif")
