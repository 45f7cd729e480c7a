"""Content types that a client chose."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

CONTENT_TYPE_CONFUSION: dict[str, list[str]] = {
    "The content type of an answer is what the client says": [
        """
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return Response("x" + request.args["q"], mimetype=request.args["t"])  # found
    """,
        """
    from flask import Flask, make_response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        r = make_response("x")
        r.headers["Content-Type"] = request.args["t"]  # found
        return r
    """,
        """
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return "x", 200, {"Content-Type": request.args["t"]}  # found
    """,
        """
    from flask import Flask, make_response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        r = make_response("x")
        r.mimetype = request.headers.get("Accept", "text/plain")  # found
        return r
    """,
        """
    from flask import Flask, request, send_file

    app = Flask(__name__)

    @app.get("/")
    def v():
        return send_file("/srv/x", mimetype=request.args["t"])  # found
    """,
    ],
}
NO_CONTENT_TYPE_CONFUSION: list[str] = [
    """
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args["t"]
        if t not in ("text/plain", "application/json"):
            t = "text/plain"
        return Response("x", mimetype=t)
    """,
    """
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return Response(request.args["t"], mimetype="text/plain")
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in CONTENT_TYPE_CONFUSION.items() for code in codes]
)
def test_content_type_confusion_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "headers.content-type-confusion") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_CONTENT_TYPE_CONFUSION)
def test_what_only_looks_like_content_type_confusion_is_no_finding(code: str) -> None:
    assert findings_in(code, "headers.content-type-confusion") == []
