"""What people see when something went wrong."""

from __future__ import annotations

import traceback
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException


def init_app(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        return render_template("error.html", title=error.name, words=error.description), error.code

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Any:
        app.logger.exception("A view failed.")
        words = "Please send this to the support team, so that they can help you at once."
        details = traceback.format_exc()
        return render_template("error.html", title="That did not work", words=words, details=details), 500
