"""Practice quizzes for a driving school, with shuffled questions and an unguessable attempt number."""

import os
import random
import secrets

from flask import Flask, abort, jsonify, session

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")

QUESTIONS = {
    1: "Who goes first at a roundabout?",
    2: "How long is the stopping distance at 50 km/h?",
    3: "When must the lights be dimmed?",
    4: "What does a flashing amber light mean?",
}


class Attempt:
    def __init__(self, token):
        self.token = token
        self.order = random.sample(sorted(QUESTIONS), k=3)  # <- safe

    def as_dict(self):
        return {"attempt": self.token, "questions": [QUESTIONS[number] for number in self.order]}


attempts = {}


@app.post("/quiz")
def start():
    attempt = Attempt(token=secrets.token_urlsafe(24))
    attempts[attempt.token] = attempt
    session["attempt"] = attempt.token
    return jsonify(attempt.as_dict()), 201


@app.get("/quiz/current")
def current():
    attempt = attempts.get(session.get("attempt"))
    if attempt is None:
        abort(404)
    return jsonify(attempt.as_dict())
