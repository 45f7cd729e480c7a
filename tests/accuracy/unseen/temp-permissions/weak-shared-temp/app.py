"""Payroll summaries that a bookkeeping office downloads as spreadsheets."""

import os

from flask import Flask, abort, send_file
from flask_login import LoginManager, current_user, login_required

from summary import Summary

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)


@app.get("/clients/<int:client>/payroll/<int:year>")
@login_required
def payroll(client, year):
    if client not in current_user.clients or not 2000 <= year <= 2100:
        abort(404)
    summary = Summary(client, year)
    summary.write(current_user.payroll_rows(client, year))
    return send_file(summary.path, as_attachment=True, download_name=f"payroll-{year}.csv", mimetype="text/csv")
