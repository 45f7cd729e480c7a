"""Language switch of a tourist board's site that keeps the visitor on the same page."""

import re

from flask import Flask, redirect, render_template, request, url_for

app = Flask(__name__)
LANGUAGES = ("en", "fr", "nl")
PAGE = re.compile(r"(?:/[A-Za-z0-9_-]+)+")


class ReturnPath:
    def __init__(self, raw, fallback):
        self.raw = raw or ""
        self.fallback = fallback

    @property
    def value(self):
        if len(self.raw) <= 300 and PAGE.fullmatch(self.raw):
            return self.raw
        return self.fallback


@app.post("/language/<code>")
def language(code):
    back = ReturnPath(request.form.get("page"), url_for("start"))
    response = redirect(back.value)  # <- safe
    if code in LANGUAGES:
        response.set_cookie("lang", code, secure=True, httponly=True, samesite="Lax")
    return response


@app.get("/")
def start():
    chosen = request.cookies.get("lang", "en")
    return render_template("start.html", chosen=chosen if chosen in LANGUAGES else "en", languages=LANGUAGES)
