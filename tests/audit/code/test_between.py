"""What a hook puts into ``g``, and a view into the session, reaches the views after it."""

from __future__ import annotations

from tests.audit.code.support import found, marked

HOOK = """
    from flask import Flask, g, redirect, request

    app = Flask(__name__)

    @app.before_request
    def remember():
        g.target = request.args.get("next", "/")

    @app.get("/")
    def view():
        return redirect(g.target)  # found
"""
SESSION = """
    from flask import Flask, redirect, request, session

    app = Flask(__name__)

    @app.get("/start")
    def start():
        session["target"] = request.args.get("next", "/")
        return ""

    @app.get("/end")
    def end():
        return redirect(session["target"])  # found
"""
CHECKED = """
    from flask import Flask, abort, g, redirect, request

    app = Flask(__name__)

    @app.before_request
    def remember():
        g.target = request.args.get("next", "/")
        if g.target not in ("/", "/home"):
            abort(400)

    @app.get("/")
    def view():
        return redirect(g.target)
"""


def test_a_hook_hands_on_what_it_read() -> None:
    assert [one.line for one in found(HOOK, "access.open-redirect")] == marked(HOOK)


def test_a_view_hands_on_through_the_session_with_less_confidence() -> None:
    (finding,) = found(SESSION, "access.open-redirect")
    assert finding.line == marked(SESSION)[0]
    assert finding.confidence.label == "medium"


def test_what_a_hook_has_checked_is_checked() -> None:
    assert found(CHECKED, "access.open-redirect") == []
