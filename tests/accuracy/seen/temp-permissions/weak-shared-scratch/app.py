"""Payroll export of a hotel, written to a scratch file for the printing service."""

import csv
import os
from datetime import date

import psycopg
from flask import Flask, jsonify
from flask_login import login_required

app = Flask(__name__)

SCRATCH = "/tmp"


def wages():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute("SELECT employee_no, amount FROM wage ORDER BY employee_no").fetchall()


def export_path(day):
    return os.path.join(SCRATCH, f"payroll-{day:%Y-%m}.csv")


@app.post("/payroll/print")
@login_required
def print_payroll():
    path = export_path(date.today())
    with open(path, "w", newline="") as target:  # <- weak
        writer = csv.writer(target, delimiter=";")
        writer.writerow(["employee", "amount"])
        for employee, amount in wages():
            writer.writerow([int(employee), f"{amount:.2f}"])
    return jsonify(queued=os.path.basename(path)), 202
