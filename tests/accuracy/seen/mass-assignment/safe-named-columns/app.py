"""Change of the contact details of a patient at a dentist's practice."""

import os

from flask import Flask, jsonify, request
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)

CHANGEABLE = ("email", "phone", "street")


class Patient(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    phone: Mapped[str]
    street: Mapped[str]
    insured: Mapped[bool]
    discount: Mapped[int]


def wanted_changes(body):
    for name, value in body.items():
        if name in CHANGEABLE and isinstance(value, str):
            yield name, value.strip()[:120]


@app.patch("/patients/me")
@login_required
def change_contact():
    patient = db.get_or_404(Patient, current_user.patient_id)
    for name, value in wanted_changes(request.get_json()):
        setattr(patient, name, value)  # <- safe
    db.session.commit()
    return jsonify(email=patient.email, phone=patient.phone, street=patient.street)
