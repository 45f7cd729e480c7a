"""Answers that tell whether an account exists."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

USER_ENUMERATION: dict[str, list[str]] = {
    "The answer to an unknown account differs from that to a wrong password": [
        """
    from flask import Flask, jsonify, request
    from flask_sqlalchemy import SQLAlchemy
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/login")
    def login():
        u = User.query.filter_by(name=request.form["n"]).first()
        if not u:
            return jsonify(error="no such user"), 404  # found
        if not check_password_hash(u.pw, request.form["p"]):
            return jsonify(error="wrong password"), 401
        return ""
    """,
        """
    from flask import Flask, flash, redirect, render_template, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/login")
    def login():
        u = User.query.filter_by(name=request.form["n"]).first()
        if u:
            if u.check_password(request.form["p"]):
                return redirect("/")
            else:
                flash("Wrong password")
        else:
            flash("Unknown user")  # found
        return render_template("login.html")
    """,
        """
    from flask import Flask, flash, redirect, render_template, request
    from flask_sqlalchemy import SQLAlchemy
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/login")
    def login():
        error = None
        u = User.query.filter_by(name=request.form["n"]).first()
        if u is None:
            error = "Incorrect username."  # found
        elif not check_password_hash(u["password"], request.form["p"]):
            error = "Incorrect password."
        if error is None:
            return redirect("/")
        flash(error)
        return render_template("login.html")
    """,
        """
    from flask import Flask, redirect, render_template, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.route("/login", methods=["GET", "POST"])
    def login():
        user = db.session.execute(db.select(User).filter_by(name=request.form["n"])).scalar_one_or_none()
        if user is None:
            return render_template("login.html", error="Unknown user")  # found
        if not user.verify_password(request.form["p"]):
            return render_template("login.html", error="Wrong password")
        return redirect("/")
    """,
        """
    from flask import Flask, abort, request
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    USERS = {}

    @app.post("/login")
    def login():
        name = request.form["n"]
        if name not in USERS:
            abort(404)  # found
        if not check_password_hash(USERS[name], request.form["p"]):
            abort(401)
        return ""
    """,
        """
    from flask import Flask, jsonify, request
    from users import find_user
    import bcrypt

    app = Flask(__name__)

    @app.post("/login")
    def login():
        u = find_user(request.json["n"])
        if u and bcrypt.checkpw(request.json["p"].encode(), u.hash):
            return jsonify(ok=True)
        if not u:
            return jsonify(error="account does not exist"), 401  # found
        return jsonify(error="bad password"), 401
    """,
    ],
    "The answer tells whether an account has this address": [
        """
    from flask import Flask, flash, redirect, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/forgot")
    def forgot():
        u = User.query.filter_by(mail=request.form["m"]).first()
        if u is None:
            flash("No account with this address")  # found
            return redirect("/forgot")
        send(u)
        flash("Mail sent")
        return redirect("/")
    """,
    ],
}
NO_USER_ENUMERATION: list[str] = [
    """
    from flask import Flask, jsonify, request
    from flask_sqlalchemy import SQLAlchemy
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/login")
    def login():
        u = User.query.filter_by(name=request.form["n"]).first()
        if not u or not check_password_hash(u.pw, request.form["p"]):
            return jsonify(error="no"), 401
        return ""
    """,
    """
    from flask import Flask, jsonify, request
    from flask_sqlalchemy import SQLAlchemy
    from werkzeug.security import check_password_hash

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/login")
    def login():
        u = User.query.filter_by(name=request.form["n"]).first()
        if not u:
            return jsonify(error="no"), 401
        if not check_password_hash(u.pw, request.form["p"]):
            return jsonify(error="no"), 401
        return ""
    """,
    """
    from flask import Flask, flash, redirect, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/forgot")
    def forgot():
        u = User.query.filter_by(mail=request.form["m"]).first()
        if u is not None:
            send(u)
        flash("Mail sent if known")
        return redirect("/")
    """,
    """
    from flask import Flask, abort, jsonify
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.get("/users/<int:i>")
    def show(i):
        u = User.query.get(i)
        if u is None:
            abort(404)
        return jsonify(u.name)
    """,
    """
    from flask import Flask, jsonify, request
    from users import find_user
    import bcrypt

    app = Flask(__name__)

    @app.post("/login")
    def login():
        u = find_user(request.json["n"])
        if u is None:
            bcrypt.checkpw(b"x", b"y")
            ok = False
        else:
            ok = bcrypt.checkpw(request.json["p"].encode(), u.hash)
        if not ok:
            return jsonify(error="no"), 401
        return ""
    """,
    """
    from flask import Flask, flash, redirect, render_template, request

    app = Flask(__name__)

    @app.post("/password-reset")
    def reset():
        token = request.form.get("token")
        t = find_token(token)
        if t is None:
            flash("This link has expired.")
            return redirect("/")
        return render_template("new.html")
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in USER_ENUMERATION.items() for code in codes]
)
def test_user_enumeration_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "access.user-enumeration") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_USER_ENUMERATION)
def test_what_only_looks_like_user_enumeration_is_no_finding(code: str) -> None:
    assert findings_in(code, "access.user-enumeration") == []
