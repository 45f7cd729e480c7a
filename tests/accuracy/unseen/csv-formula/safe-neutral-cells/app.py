"""Volunteer list of a food bank that coordinators take along as a spreadsheet."""

import os

from flask import Flask, Response, request
from flask_login import LoginManager, login_required
from flask_sqlalchemy import SQLAlchemy

from sheets import Sheet

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)
VOLUNTEERS = db.text("SELECT name, phone, remark FROM volunteers WHERE district = :district ORDER BY name")


@app.get("/volunteers.csv")
@login_required
def volunteers():
    district = request.args.get("district", "")
    sheet = Sheet("name", "phone", "remark", "asked for")
    for name, phone, remark in db.session.execute(VOLUNTEERS, {"district": district}):
        sheet.add(name, phone, remark, district)
    return Response(sheet.text(), mimetype="text/csv", headers={"Content-Disposition": "attachment"})
