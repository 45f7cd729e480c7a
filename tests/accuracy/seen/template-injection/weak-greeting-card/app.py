"""Greeting cards of a flower shop, rendered with a text from the order form."""

import os

from flask import Flask, abort, render_template_string, request, session

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

FRAME = """<article class="card">
<h1>For {{ recipient }}</h1>
<p>%s</p>
<footer>Card no. {{ number }}</footer>
</article>"""


def card_source(message):
    paragraphs = [part.strip() for part in message.split("\n\n") if part.strip()]
    return FRAME % "</p><p>".join(str(app.jinja_env.filters["e"](part)) for part in paragraphs)


@app.post("/cards/preview")
def preview():
    session["previews"] = session.get("previews", 0) + 1
    message = request.form.get("message", "All the best!")
    if len(message) > 600:
        abort(413)
    source = card_source(message)
    values = {"recipient": request.form.get("recipient", ""), "number": session["previews"]}
    return render_template_string(source, **values)  # <- weak
