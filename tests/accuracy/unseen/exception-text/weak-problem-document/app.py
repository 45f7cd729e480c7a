"""Interface of a seed bank that answers failures as problem documents."""

import os

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import HTTPException

from problems import Problem

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Accession(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    species: Mapped[str]
    grams: Mapped[float]


@app.get("/accessions/<int:number>")
def accession(number):
    found = db.get_or_404(Accession, number)
    return jsonify(species=found.species, grams=found.grams)


@app.errorhandler(HTTPException)
def refused(error):
    return jsonify(title=error.name, status=error.code), error.code


@app.errorhandler(Exception)
def failed(error):
    app.logger.exception("request failed")
    problem = Problem(status=500, title="Something went wrong").because(error)
    return jsonify(problem.document), problem.status  # <- weak
