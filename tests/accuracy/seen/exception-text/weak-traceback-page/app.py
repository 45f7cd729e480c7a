"""Report generator of a ski resort, which shows a page when a report fails."""

import traceback
from functools import wraps

from flask import Flask, render_template

from reports import build

app = Flask(__name__)


def with_error_page(view):
    @wraps(view)
    def inner(*args, **kwargs):
        try:
            return view(*args, **kwargs)
        except Exception:
            lines = traceback.format_exc().splitlines()
            context = {"lines": lines, "report": kwargs.get("name")}
            return render_template("failed.html", **context), 500  # <- weak

    return inner


@app.get("/reports/<name>")
@with_error_page
def report(name):
    return render_template("report.html", name=name, rows=build(name))
