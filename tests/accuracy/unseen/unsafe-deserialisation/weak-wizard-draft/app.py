"""Several-step registration for a summer camp, whose unfinished form travels with the browser."""

import os

from flask import Flask, g, jsonify, redirect, request, url_for

from drafts import CookieDraft, DraftError

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

STEPS = ("child", "guardian", "health", "review")


@app.before_request
def resume():
    g.draft = CookieDraft(request.cookies.get("camp_draft"))


@app.post("/register/<any(child, guardian, health):step>")
def save_step(step):
    answers = {name: value.strip()[:200] for name, value in request.form.items()}
    state = g.draft.values
    state[step] = answers
    following = STEPS[STEPS.index(step) + 1]
    response = redirect(url_for("show_step", step=following))
    response.set_cookie("camp_draft", g.draft.dump(state), httponly=True, secure=True, samesite="Lax")
    return response


@app.get("/register/<any(child, guardian, health, review):step>")
def show_step(step):
    try:
        return jsonify(step=step, answers=g.draft.values.get(step, {}))
    except DraftError:
        return jsonify(step=step, answers={}), 409
