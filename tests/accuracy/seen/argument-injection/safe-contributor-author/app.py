"""Number of changes a contributor made in the repository of an open map."""

import subprocess
from functools import lru_cache

from flask import Flask, jsonify, request
from wtforms import Form, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

app = Flask(__name__)


class ContributorForm(Form):
    author = StringField(validators=[InputRequired()])
    months = IntegerField(default=12, validators=[Optional(), NumberRange(1, 120)])


@lru_cache(maxsize=256)
def change_count(author, months):
    arguments = [
        "git",
        "--git-dir=/srv/map/.git",
        "rev-list",
        "--count",
        "--fixed-strings",
        "--author=" + author,
        f"--since={months} months ago",
        "HEAD",
    ]
    return int(subprocess.check_output(arguments, text=True))  # <- safe


@app.get("/contributors/changes")
def changes():
    form = ContributorForm(request.args)
    if not form.validate():
        return jsonify(form.errors), 400
    return jsonify(author=form.author.data, changes=change_count(form.author.data, form.months.data or 12))
