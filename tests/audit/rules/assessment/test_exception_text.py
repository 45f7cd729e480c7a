"""Texts of exceptions in answers."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

EXCEPTION_TEXT: dict[str, list[str]] = {
    "The answer shows the text of an exception to the client": [
        """
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            return str(e), 500  # found
        return ""
    """,
        """
    from flask import Flask, jsonify

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            return jsonify({"error": f"failed: {e}"}), 500  # found
        return ""
    """,
        """
    from flask import Flask, render_template

    app = Flask(__name__)

    @app.errorhandler(Exception)
    def v(e):
        return render_template("e.html", error=e), 500  # found
    """,
        """
    from flask import Flask, flash, redirect

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            flash("Error: %s" % e)  # found
        return redirect("/")
    """,
        """
    from flask import Flask, jsonify

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            return jsonify(error=repr(e), args=e.args), 500  # found
        return ""
    """,
        """
    from flask import Flask, abort

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except OSError as e:
            abort(500, description=str(e))  # found
        return ""
    """,
        """
    from flask import Flask
    from functools import wraps

    app = Flask(__name__)

    def api(f):
        @wraps(f)
        def inner(*a, **k):
            try:
                return f(*a, **k)
            except Exception as exc:
                return {"error": str(exc)}, 500  # found
        return inner

    @app.get("/")
    @api
    def v():
        return ""
    """,
        """
    from flask import Flask, Response
    import sqlite3

    app = Flask(__name__)

    def run():
        try:
            work()
        except sqlite3.Error as e:
            return None, e.args[0]
        return 1, None

    @app.get("/")
    def v():
        r, err = run()
        if err:
            return Response(err, 500)  # found
        return ""
    """,
        """
    from flask import Flask
    import sys

    app = Flask(__name__)

    @app.errorhandler(500)
    def v(e):
        t, val, tb = sys.exc_info()
        return f"{val}", 500  # found
    """,
    ],
    "The answer shows a traceback to the client": [
        """
    from flask import Flask
    import traceback

    app = Flask(__name__)

    @app.errorhandler(500)
    def v(e):
        return "<pre>" + traceback.format_exc() + "</pre>", 500  # found
    """,
    ],
}
NO_EXCEPTION_TEXT: list[str] = [
    """
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            app.logger.error("x %s", e)
            return "failed", 500
        return ""
    """,
    """
    from flask import Flask, jsonify
    from werkzeug.exceptions import HTTPException

    app = Flask(__name__)

    @app.errorhandler(HTTPException)
    def v(e):
        return jsonify(error=e.description, code=e.code), e.code
    """,
    """
    from flask import Flask, jsonify

    app = Flask(__name__)

    @app.errorhandler(404)
    def v(e):
        return jsonify(error=str(e)), 404
    """,
    """
    from flask import Flask, jsonify

    app = Flask(__name__)

    class MyErr(Exception):
        pass

    @app.get("/")
    def v():
        try:
            work()
        except MyErr as e:
            return jsonify(error=str(e)), 400
        return ""
    """,
    """
    from flask import Flask, jsonify
    from marshmallow import ValidationError

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except ValidationError as e:
            return jsonify(e.messages), 400
        return ""
    """,
    """
    from flask import Flask, jsonify
    from werkzeug.exceptions import HTTPException

    app = Flask(__name__)

    @app.errorhandler(Exception)
    def v(e):
        if isinstance(e, HTTPException):
            return jsonify(error=e.description), e.code
        return jsonify(error="internal"), 500
    """,
    """
    from flask import Flask, jsonify
    from werkzeug.exceptions import HTTPException

    app = Flask(__name__)

    @app.errorhandler(Exception)
    def v(e):
        if isinstance(e, HTTPException):
            return e
        return jsonify(error=type(e).__name__), 500
    """,
    """
    from flask import Flask, jsonify
    import logging

    app = Flask(__name__)

    @app.get("/")
    def v():
        try:
            work()
        except Exception as e:
            logging.exception("x: %s", e)
            msg = "failed"
            return jsonify(error=msg), 500
        return ""
    """,
    """
    from flask import Flask, jsonify

    app = Flask(__name__)

    class AppError(Exception):
        def __init__(self, message, code=400):
            self.message = message
            self.code = code

    @app.errorhandler(AppError)
    def v(e):
        return jsonify(error=e.message), e.code
    """,
    """
    from flask import Flask
    import click

    app = Flask(__name__)

    @app.cli.command("x")
    def v():
        try:
            work()
        except Exception as e:
            click.echo(str(e))
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in EXCEPTION_TEXT.items() for code in codes]
)
def test_exception_text_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "assessment.exception-text") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_EXCEPTION_TEXT)
def test_what_only_looks_like_exception_text_is_no_finding(code: str) -> None:
    assert findings_in(code, "assessment.exception-text") == []
