"""Letter composer of a school office that puts letters together from fixed paragraphs."""

import os

from flask import Flask, abort, render_template_string, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)

BLOCKS = {
    "greeting": "<p>Dear family {{ family }},</p>",
    "absence": "<p>{{ pupil }} was absent on {{ day }}. Please send us a note.</p>",
    "trip": "<p>The class trip of {{ pupil }} starts on {{ day }} at eight o'clock.</p>",
    "closing": "<p>Kind regards,<br>the school office</p>",
}


def compose(names):
    parts = []
    for name in names:
        block = BLOCKS.get(name)
        if block is None:
            abort(400)
        parts.append(block)
    return "\n".join(parts)


@app.post("/letters")
@login_required
def letter():
    form = request.form
    source = compose(["greeting", *form.getlist("block"), "closing"])
    fields = {key: form.get(key, "") for key in ("family", "pupil", "day")}
    return render_template_string(source, **fields)  # <- safe
