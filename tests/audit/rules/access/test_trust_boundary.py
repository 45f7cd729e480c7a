"""What a client says of itself, put into the session."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

TRUST_BOUNDARY: dict[str, list[str]] = {
    'The session keeps "role" as the client says it, unchecked': [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["role"] = request.form["role"]  # found
        return ""
    """,
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    class Profile:
        def __init__(self, form): self.role = form.get("role", "user")
        def save(self): session["role"] = self.role  # found

    @app.post("/")
    def v():
        Profile(request.form).save()
        return ""
    """,
    ],
    'The session keeps "user_id" as the client says it, unchecked': [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["user_id"] = request.json["id"]  # found
        return ""
    """,
    ],
    'The session keeps "is_admin" as the client says it, unchecked': [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["is_admin"] = request.args.get("admin") == "1"  # found
        return ""
    """,
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        data = request.get_json()
        session["is_admin"] = bool(data.get("is_admin"))  # found
        return ""
    """,
    ],
    "The session keeps what the client names as the client says it, unchecked": [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session.update(request.get_json())  # found
        return ""
    """,
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        for k, v in request.args.items():
            session[k] = v  # found
        return ""
    """,
    ],
    'The session keeps "user" as the client says it, unchecked': [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.get("/")
    def v():
        session["user"] = request.cookies.get("user")  # found
        return ""
    """,
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["user"] = {"id": request.form["id"], "admin": request.form.get("admin")}  # found
        return ""
    """,
    ],
    'The session keeps "tenant_id" as the client says it, unchecked': [
        """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["tenant_id"] = int(request.headers["X-Tenant"])  # found
        return ""
    """,
    ],
}
NO_TRUST_BOUNDARY: list[str] = [
    """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["theme"] = request.form["theme"]
        return ""
    """,
    """
    from flask import Flask, request, session
    from werkzeug.security import check_password_hash

    app = Flask(__name__)

    @app.post("/")
    def v():
        u = find(request.form["name"])
        if u and check_password_hash(u.pw, request.form["password"]):
            session["user"] = request.form["name"]
            return "ok"
        return ""
    """,
    """
    from flask import Flask, abort, request, session
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User.query.filter_by(name=request.form["name"]).first()
        if not u or not u.check_password(request.form["password"]):
            abort(401)
        session["user_id"] = u.id
        return ""
    """,
    """
    from flask import Flask, abort, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        team = request.form["team"]
        if team not in teams_of(session["uid"]):
            abort(403)
        session["team"] = team
        return ""
    """,
    """
    from flask import Flask, request, session

    app = Flask(__name__)

    @app.post("/")
    def v():
        session["lang"] = request.form.get("lang", "en")
        session["cart_id"] = request.form["cart"]
        return ""
    """,
    """
    from flask import Flask, abort, request, session
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    USERS = {"a": "hash"}

    def auth(n, p):
        h = USERS.get(n)
        return h is not None and check_password_hash(h, p)

    @app.post("/")
    def v():
        n = request.form["n"]
        if not auth(n, request.form["p"]):
            abort(401)
        session["username"] = n
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in TRUST_BOUNDARY.items() for code in codes]
)
def test_trust_boundary_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "access.trust-boundary") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_TRUST_BOUNDARY)
def test_what_only_looks_like_trust_boundary_is_no_finding(code: str) -> None:
    assert findings_in(code, "access.trust-boundary") == []
