"""Redirects to an address that a client chose."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

OPEN_REDIRECT: dict[str, list[str]] = {
    "redirect() sends the browser to an address that a client chose": [
        """
    from flask import Flask, redirect, request, url_for

    app = Flask(__name__)

    @app.get("/")
    def v():
        nxt = request.args.get("next") or url_for("v")
        return redirect(nxt)  # found
    """,
        """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args.get("next", "")
        if "example.com" in t:
            return redirect(t)  # found
        return "x"
    """,
        """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args.get("next", "")
        if t.startswith("https://example.com"):
            return redirect(t)  # found
        return "x"
    """,
        """
    from flask import Flask, redirect, request
    from urllib.parse import urlparse

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args.get("next", "")
        if urlparse(t).netloc.endswith("example.com"):
            return redirect(t)  # found
        return "x"
    """,
        """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return redirect("https://" + request.args["h"] + ".example.com/")  # found
    """,
        """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return redirect("/" + request.args["p"])  # found
    """,
        """
    import re
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args["p"]
        if re.match(r"https://example\\.com", t):
            return redirect(t)  # found
        return ""
    """,
        """
    from flask import Flask, abort, redirect, request
    from urllib.parse import urlparse

    app = Flask(__name__)

    def ok(t):
        u = urlparse(t)
        return not u.netloc

    @app.get("/")
    def v():
        t = request.args["p"]
        if not ok(t):
            abort(400)
        return redirect(t)  # found
    """,
        """
    from flask import Flask, abort, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        abort(redirect(request.args["p"]))  # found
    """,
        """
    from flask import Flask, redirect, request
    from flask.views import MethodView

    app = Flask(__name__)

    class L(MethodView):
        def get(self):
            target = request.values.get("return")
            return redirect(location=target, code=307)  # found
    app.add_url_rule("/", view_func=L.as_view("l"))
    """,
        """
    from flask import Flask, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = urlsplit(request.args["n"])
        return redirect(u.geturl())  # found
    """,
        """
    from flask import Flask, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = urlsplit(request.args["n"])
        return redirect(f"{u.scheme}://{u.netloc}{u.path}")  # found
    """,
        """
    from flask import Flask, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args["n"]
        if urlsplit(t).hostname.startswith("example.com"):
            return redirect(t)  # found
        return ""
    """,
        """
    from flask import Flask, g, redirect, request

    app = Flask(__name__)

    @app.before_request
    def b():
        g.next = request.args.get("next")

    @app.post("/login")
    def v():
        return redirect(g.next or "/")  # found
    """,
        """
    from flask import Flask, redirect, request, session

    app = Flask(__name__)

    @app.get("/a")
    def a():
        session["next"] = request.args.get("next")
        return ""

    @app.get("/b")
    def b():
        return redirect(session.pop("next", "/"))  # found
    """,
    ],
    "The header Location sends the browser to an address that a client chose": [
        """
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        r = Response("", 302)
        r.headers["Location"] = request.args["p"]  # found
        return r
    """,
        """
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return "", 302, {"Location": request.args["p"]}  # found
    """,
        """
    from flask import Flask, make_response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        resp = make_response("", 302)
        resp.location = request.args["p"]  # found
        return resp
    """,
        """
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return Response(status=302, headers={"Location": request.args["p"]})  # found
    """,
    ],
}
NO_OPEN_REDIRECT: list[str] = [
    """
    from flask import Flask, abort, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args.get("next", "")
        u = urlsplit(t)
        if u.scheme or u.netloc:
            abort(400)
        return redirect(t)
    """,
    """
    from flask import Flask, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)
    ALLOWED = {"example.com", "www.example.com"}

    @app.get("/")
    def v():
        t = request.args.get("next", "")
        if urlsplit(t).hostname not in ALLOWED:
            return redirect("/")
        return redirect(t)
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)
    T = {"a": "https://a.example/", "b": "https://b.example/"}

    @app.get("/")
    def v():
        return redirect(T.get(request.args.get("k"), "/"))
    """,
    """
    from flask import Flask, redirect, request, url_for

    app = Flask(__name__)

    @app.get("/")
    def v():
        return redirect(url_for("v", q=request.args["q"]))
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return redirect("https://example.com/search?q=" + request.args["q"])
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        return redirect("/items/" + request.args["q"])
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.post("/")
    def v():
        return redirect(request.url)
    """,
    """
    from flask import Flask, redirect, request, url_for

    app = Flask(__name__)

    @app.post("/")
    def v():
        return redirect(url_for("v") + "?x=" + request.args["x"])
    """,
    """
    from flask import Flask, redirect, request, url_for
    from urllib.parse import urlparse

    app = Flask(__name__)

    def safe(t):
        return t if urlparse(t).netloc == urlparse(request.host_url).netloc else url_for("v")

    @app.post("/")
    def v():
        return redirect(safe(request.args["x"]))
    """,
    """
    from flask import Flask, redirect

    app = Flask(__name__)

    @app.get("/u/<int:uid>")
    def v(uid):
        return redirect(f"/users/{uid}")
    """,
    """
    from flask import Flask, request
    from flask_garrison.inputs import safe_redirect

    app = Flask(__name__)

    @app.get("/")
    def v():
        return safe_redirect(request.args["n"], fallback="/")
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args["n"]
        if t not in ("/a", "/b"):
            t = "/a"
        return redirect(t)
    """,
    """
    import re
    from flask import Flask, abort, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args["n"]
        if not re.fullmatch(r"/[a-z]+(/[a-z]+)*", t):
            abort(400)
        return redirect(t)
    """,
    """
    from flask import Flask, redirect, request
    from urllib.parse import urlsplit

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = urlsplit(request.args["n"])
        return redirect("/go" + ("?" + u.query if u.query else ""))
    """,
    """
    from flask import Flask, request, url_for
    from werkzeug.utils import redirect as go

    app = Flask(__name__)

    @app.get("/")
    def v():
        return go(url_for("v", _anchor=request.args["a"]))
    """,
    """
    from flask import Flask, redirect, request
    from urllib.parse import urlparse

    app = Flask(__name__)
    HOSTS = ["a.example", "b.example"]

    def allowed(u):
        p = urlparse(u)
        return p.scheme == "https" and p.netloc in HOSTS

    @app.get("/")
    def v():
        t = request.args.get("u", "")
        return redirect(t if allowed(t) else "/")
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        n = request.args.get("n", type=int)
        return redirect(f"/page/{n}")
    """,
    """
    from flask import Flask, abort, redirect

    app = Flask(__name__)

    class Links:
        table = {"x": "https://x.example/"}
        def get(self, k):
            if k not in self.table:
                abort(404)
            return self.table[k]

    @app.get("/<k>")
    def v(k):
        return redirect(Links().get(k))
    """,
    """
    from flask import Flask, redirect, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        t = request.args.get("n", "")
        if not t.startswith("/") or t.startswith(("//", "/\\\\")):
            t = "/"
        return redirect(t)
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in OPEN_REDIRECT.items() for code in codes])
def test_open_redirect_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "access.open-redirect") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_OPEN_REDIRECT)
def test_what_only_looks_like_open_redirect_is_no_finding(code: str) -> None:
    assert findings_in(code, "access.open-redirect") == []
