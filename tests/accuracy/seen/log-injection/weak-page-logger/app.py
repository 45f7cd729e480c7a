"""Help pages of a tax program, with a logger for pages that are not found."""

import functools
from html import escape

from flask import Flask, abort, current_app, render_template, request
from jinja2 import TemplateNotFound

app = Flask(__name__)
TOPICS = {"vat": "help/vat.html", "income": "help/income.html"}


def reports_missing(view):
    @functools.wraps(view)
    def wrapper(topic):
        try:
            return view(topic)
        except (KeyError, TemplateNotFound):
            origin = escape(request.args.get("from", "-"))
            current_app.logger.warning("no help for " + escape(topic) + " asked from " + origin)  # <- weak
            abort(404)

    return wrapper


@app.get("/help/<path:topic>")
@reports_missing
def help_page(topic):
    return render_template(TOPICS[topic], topic=topic)
