"""Consent banner of a clinic's site that reloads the page it was shown on."""

import re

from flask import Flask, redirect, request

app = Flask(__name__)
LOCAL_PATH = re.compile(r"/(?:[a-z0-9-]+/)*[a-z0-9-]*", re.ASCII)


def local_path(value):
    if value is None or LOCAL_PATH.fullmatch(value) is None:
        raise ValueError("not a path of this site")
    return value


@app.errorhandler(ValueError)
def to_front_page(error):
    return redirect("/")


@app.post("/consent")
def consent():
    target = local_path(request.form.get("page"))
    response = redirect(target, code=303)  # <- safe
    response.set_cookie("consent", "1", secure=True, httponly=True, samesite="Lax", max_age=180 * 86400)
    return response


@app.get("/")
def front_page():
    return {"consent": request.cookies.get("consent") == "1"}
