"""Patients of a physiotherapy practice change their own contact details."""

import os

import psycopg
from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from pydantic import ValidationError

from schemas import ContactPatch

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


def assignments(changes):
    return ", ".join(f"{column} = %({column})s" for column in changes)


def apply_changes(patient_id, changes):
    query = "UPDATE patients SET " + assignments(changes) + " WHERE id = %(patient_id)s"
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(query, {**changes, "patient_id": patient_id})  # <- safe


@app.patch("/me/contact")
@login_required
def change_contact():
    try:
        patch = ContactPatch.model_validate(request.get_json())
    except ValidationError as error:
        return jsonify(errors=error.errors(include_url=False, include_input=False, include_context=False)), 422
    changes = patch.model_dump(exclude_unset=True)
    if changes:
        apply_changes(current_user.id, changes)
    return jsonify(changed=sorted(changes))
