"""Survey wizard that remembers where to go when the last question is answered."""

import os

from flask import Flask, g, render_template, request, session
from werkzeug.utils import redirect

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
QUESTIONS = ["How did you hear about us?", "Would you come again?"]


@app.before_request
def remember_return():
    if "return_to" in request.args:
        session["return_to"] = request.args["return_to"]
    g.return_to = session.get("return_to", "/")


def finish():
    destination = g.return_to
    separator = "&" if "?" in destination else "?"
    return redirect(destination + separator + "survey=done")  # <- weak


@app.route("/survey/<int:number>", methods=["GET", "POST"])
def question(number):
    if number >= len(QUESTIONS):
        return finish()
    if request.method == "POST":
        session[f"answer{number}"] = request.form.get("answer", "")
        number += 1
    text = QUESTIONS[number] if number < len(QUESTIONS) else "Thank you"
    return render_template("question.html", number=number, text=text)
