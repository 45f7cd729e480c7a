"""API of a water works, with one handler for whatever goes wrong."""

import os

import psycopg
from flask import Flask, jsonify
from psycopg.rows import dict_row
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


class Pump:
    def __init__(self, number):
        self.number = number

    def readings(self):
        with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
            query = "SELECT at, pressure FROM reading WHERE pump = %s ORDER BY at DESC LIMIT 20"
            return connection.execute(query, (self.number,)).fetchall()


@app.errorhandler(HTTPException)
def known(error):
    return jsonify(error=error.name), error.code


@app.errorhandler(Exception)
def failed(error):
    app.logger.exception("request failed")
    detail = {"kind": type(error).__name__, "message": str(error)}
    return jsonify(error=detail), 500  # <- weak


@app.get("/pumps/<int:number>")
def pump(number):
    readings = Pump(number).readings()
    return jsonify(pump=number, readings=[{"at": row["at"].isoformat(), "bar": row["pressure"]} for row in readings])
