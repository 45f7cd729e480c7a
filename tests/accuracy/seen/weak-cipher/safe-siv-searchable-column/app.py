"""Lookup of insured persons by an encrypted number that must stay comparable."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, login_required
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
manager = LoginManager(app)
engine = create_engine(os.environ["INSURANCE_DB"])


class Comparable(TypeDecorator):
    impl = String(120)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        siv = AESSIV(base64.b64decode(os.environ["COLUMN_KEY"]))
        return base64.b64encode(siv.encrypt(value.encode(), [b"person.number"])).decode()  # <- safe

    def process_result_value(self, value, dialect):
        siv = AESSIV(base64.b64decode(os.environ["COLUMN_KEY"]))
        return value and siv.decrypt(base64.b64decode(value), [b"person.number"]).decode()


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Comparable)
    plan: Mapped[str] = mapped_column(String(20))


class Agent(UserMixin):
    def __init__(self, ident):
        self.id = ident


manager.user_loader(Agent)


@app.get("/persons")
@login_required
def find_person():
    with Session(engine) as db:
        person = db.scalar(select(Person).where(Person.number == request.args.get("number", "")))
        if person is None:
            abort(404)
        return jsonify(id=person.id, plan=person.plan)
