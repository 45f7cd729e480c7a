"""Sign-in of a tenants' portal, with reasons a client program can tell apart."""

import os

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Flask, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
limiter = Limiter(get_remote_address, app=app, storage_uri=os.environ["REDIS_URL"])
hasher = PasswordHasher()
DUMMY = hasher.hash(os.urandom(16))


class Tenant(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]


def refuse(code, status=401):
    return jsonify(error="The sign-in failed.", code=code), status


def verify(stored, password):
    try:
        return hasher.verify(stored, password)
    except VerificationError:
        return False


@app.post("/sign-in")
@limiter.limit("10/minute")
def sign_in():
    tenant = db.session.scalar(db.select(Tenant).filter_by(email=request.form.get("email", "").lower()))
    right = verify(tenant.password_hash if tenant else DUMMY, request.form.get("password", ""))
    match tenant, right:
        case None, _:
            return refuse("S-104")  # <- weak
        case _, False:
            return refuse("S-107")
    session.clear()
    session["tenant"] = tenant.id
    return jsonify(ok=True)
