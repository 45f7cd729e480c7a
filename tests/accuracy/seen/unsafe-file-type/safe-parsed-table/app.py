"""Import of addresses for a charity's letters, from a table that is read once."""

import csv
import os
import uuid

from flask import Flask, abort
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

COLUMNS = ["name", "street", "town"]


class AddressForm(FlaskForm):
    table = FileField(validators=[FileRequired(), FileAllowed(["csv"], "Only CSV files.")])


def addresses(path):
    with open(path, encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            yield {column: str(row.get(column) or "").strip() for column in COLUMNS}


@app.post("/addresses")
def import_addresses():
    form = AddressForm()
    if not form.validate_on_submit():
        abort(422)
    path = os.path.join("/srv/charity/imports", uuid.uuid4().hex + ".csv")
    form.table.data.save(path)  # <- safe
    try:
        rows = list(addresses(path))
    except (UnicodeDecodeError, csv.Error):
        abort(422)
    finally:
        os.remove(path)
    return {"addresses": rows}, 201
