"""Language switch of a web shop that returns to the page the visitor was on."""

import os

from flask import Flask, redirect, request, session, url_for

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LANGUAGES = ("en", "de", "pl")


def is_local(target):
    return target.startswith("/")


def back(default="start"):
    target = request.form.get("next", "")
    if target and is_local(target):
        return target
    return url_for(default)


@app.post("/language/<code>")
def language(code):
    if code in LANGUAGES:
        session["language"] = code
    return redirect(back(), code=303)  # <- weak


@app.get("/")
def start():
    return {"language": session.get("language", "en")}
