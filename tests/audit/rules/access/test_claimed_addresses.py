"""Decisions by the address that a client claims to have."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

CLIENT_IP_FROM_HEADER: dict[str, list[str]] = {
    "A comparison trusts an address that the client wrote into a header": [
        """
    from flask import Flask, abort, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        if request.headers.get("X-Forwarded-For") == "127.0.0.1":  # found
            return "secret"
        abort(403)
    """,
        """
    from flask import Flask, abort, request

    app = Flask(__name__)

    def ip():
        if request.headers.getlist("X-Forwarded-For"):
            return request.headers.getlist("X-Forwarded-For")[0]
        return request.remote_addr

    @app.before_request
    def v():
        if ip() not in ("10.0.0.1", "10.0.0.2"):  # found
            abort(403)
    """,
        """
    from flask import Flask, abort, request

    app = Flask(__name__)

    def internal():
        return request.access_route[0] in ("127.0.0.1", "::1")  # found

    @app.get("/")
    def v():
        if not internal():
            abort(403)
        return ""
    """,
    ],
    "The limit counts clients, and trusts an address that the client wrote into a header": [
        """
    from flask import Flask, request
    from flask_limiter import Limiter

    app = Flask(__name__)

    def key():
        return request.headers.get("X-Real-IP", request.remote_addr)
    limiter = Limiter(key_func=key, app=app)  # found
    """,
    ],
    "startswith() trusts an address that the client wrote into a header": [
        """
    from flask import Flask, abort, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        a = request.environ.get("HTTP_X_FORWARDED_FOR", request.remote_addr)
        if not a.startswith("10."):  # found
            abort(403)
        return ""
    """,
    ],
    "A limit trusts an address that the client wrote into a header": [
        """
    from flask import Flask, abort, request

    app = Flask(__name__)
    hits = {}

    @app.get("/")
    def v():
        a = request.headers.get("X-Forwarded-For", "")
        if len(hits[a]) > 5:  # found
            abort(429)
        return ""
    """,
    ],
}
NO_CLIENT_IP_FROM_HEADER: list[str] = [
    """
    from flask import Flask, abort, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        if request.remote_addr != "127.0.0.1":
            abort(403)
        return ""
    """,
    """
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        app.logger.info("from %s", request.headers.get("X-Forwarded-For"))
        return ""
    """,
    """
    from flask import Flask, abort, request
    from werkzeug.middleware.proxy_fix import ProxyFix

    app = Flask(__name__)
    app.wsgi_app = ProxyFix(app.wsgi_app)

    @app.get("/")
    def v():
        if request.remote_addr not in ("10.0.0.1",):
            abort(403)
        return ""
    """,
    """
    from flask import Flask, abort, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        if request.headers.get("X-Forwarded-For") is None:
            abort(400)
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in CLIENT_IP_FROM_HEADER.items() for code in codes]
)
def test_client_ip_from_header_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "access.client-ip-from-header") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_CLIENT_IP_FROM_HEADER)
def test_what_only_looks_like_client_ip_from_header_is_no_finding(code: str) -> None:
    assert findings_in(code, "access.client-ip-from-header") == []


def test_words_that_are_no_addresses_let_nobody_in() -> None:
    code = """
    from flask import Flask, abort, request
    app = Flask(__name__)
    HIDDEN = frozenset({"password", "pin"})
    INSIDE = frozenset({"10.0.0.1"})

    @app.get("/")
    def index():
        address = request.headers["X-Forwarded-For"]
        if address in HIDDEN:
            abort(403)
        return "page"

    @app.get("/inside")
    def inside():
        address = request.headers["X-Forwarded-For"]
        if address not in INSIDE:  # found
            abort(403)
        return "page"
    """
    assert [line for line, _ in findings_in(code, "access.client-ip-from-header")] == marked(code)
