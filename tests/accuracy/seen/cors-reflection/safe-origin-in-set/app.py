"""Grades of an evening school, read by two pages with known addresses."""

import os

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
PAGES = frozenset({"https://pupils.evening.example", "https://teachers.evening.example"})
GRADES = {7: {"maths": 2, "history": 1}}


class Crossing:
    def __init__(self, origin):
        self.origin = origin

    @property
    def welcome(self):
        return self.origin in PAGES

    def mark(self, headers):
        headers["Access-Control-Allow-Origin"] = self.origin  # <- safe
        headers["Access-Control-Allow-Credentials"] = "true"


@app.after_request
def cross(response):
    response.vary.add("Origin")
    crossing = Crossing(request.headers.get("Origin"))
    if not crossing.welcome:
        return response
    crossing.mark(response.headers)
    return response


@app.get("/grades")
def grades():
    pupil = session.get("pupil_id")
    if pupil not in GRADES:
        abort(401)
    return jsonify(GRADES[pupil])
