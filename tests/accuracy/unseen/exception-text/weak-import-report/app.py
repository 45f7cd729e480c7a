"""Import of an orchard's tree register from a spreadsheet export, with a report by page."""

import csv
import io
import os
import traceback

import psycopg
from flask import Flask, render_template, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=1024 * 1024)
LoginManager(app)
INSERT = "INSERT INTO trees (number, variety, planted) VALUES (%s, %s, %s)"


class Report(list):
    def add(self, line, note=None):
        self.append({"line": line, "note": note})
        return note is None


def insert(rows):
    report = Report()
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for line, row in enumerate(rows, start=2):
            try:
                with connection.transaction():
                    connection.execute(INSERT, (row["number"], row["variety"], row["planted"]))
            except Exception:
                report.add(line, traceback.format_exc(limit=3))
            else:
                report.add(line)
    return report


@app.route("/trees/import", methods=["GET", "POST"])
@login_required
def import_trees():
    if request.method == "GET":
        return render_template("import.html", report=None)
    text = request.files["register"].read().decode("utf-8-sig", "replace")
    report = insert(csv.DictReader(io.StringIO(text)))
    return render_template("import.html", report=report)  # <- weak
