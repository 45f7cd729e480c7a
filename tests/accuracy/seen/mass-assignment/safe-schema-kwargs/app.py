"""Sign-up for an evening course, checked by a schema that knows each field."""

import os

from flask import Flask, jsonify, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

app = Flask(__name__)
Session = sessionmaker(create_engine(os.environ["DATABASE_URL"]))


class Base(DeclarativeBase):
    pass


class Participant(Base):
    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    course: Mapped[str]
    fee_waived: Mapped[bool] = mapped_column(default=False)


class SignUp(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String(required=True, validate=validate.Length(1, 80))
    course = fields.String(required=True, validate=validate.OneOf(["pottery", "welding"]))


@app.post("/participants")
def sign_up():
    try:
        values = SignUp().load(request.get_json())
    except ValidationError as problem:
        return jsonify(errors=problem.normalized_messages()), 422
    with Session.begin() as session:
        session.add(Participant(**values))  # <- safe
    return jsonify(course=values["course"]), 201
