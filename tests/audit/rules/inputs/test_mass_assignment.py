"""Objects whose fields a client names."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, found, marked

MASS_ASSIGNMENT_IN_CODE: dict[str, list[str]] = {
    "User() sets fields whose names a client chose": [
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User(**request.get_json())  # found
        db.session.add(u)
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User(**dict(request.form))  # found
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        d = request.get_json()
        d.pop("id", None)
        u = User(**{**d, "name": "x"})  # found
        return ""
    """,
    ],
    "setattr() sets fields whose names a client chose": [
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User.query.get(1)
        for k, v in request.form.items():
            setattr(u, k, v)  # found
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        data = request.json
        u = User.query.get(1)
        for k in data:
            setattr(u, k, data[k])  # found
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    class Repo:
        def update(self, obj, **fields):
            for k, v in fields.items():
                setattr(obj, k, v)  # found

    @app.post("/<int:i>")
    def v(i):
        Repo().update(User.query.get(i), **request.get_json())
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User()
        [setattr(u, k, v) for k, v in request.form.items() if k != "id"]  # found
        return ""
    """,
    ],
    "update() sets fields whose names a client chose": [
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        User.query.filter_by(id=1).update(request.get_json())  # found
        return ""
    """,
        """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        u = User.query.get(1)
        u.__dict__.update(request.json)  # found
        return ""
    """,
    ],
    "Acc() sets fields whose names a client chose": [
        """
    from flask import Flask, jsonify, request
    from flask_sqlalchemy import SQLAlchemy
    from dataclasses import dataclass

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @dataclass
    class Acc:
        name: str
        role: str = "user"

    @app.post("/")
    def v():
        return jsonify(Acc(**request.get_json()).name)  # found
    """,
    ],
    "values() sets fields whose names a client chose": [
        """
    from flask import Flask, request
    from sqlalchemy import insert
    from models import users, engine

    app = Flask(__name__)

    @app.post("/")
    def v():
        with engine.begin() as c:
            c.execute(insert(users).values(**request.get_json()))  # found
        return ""
    """,
    ],
}
NO_MASS_ASSIGNMENT_IN_CODE: list[str] = [
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        d = request.get_json()
        u = User(name=d["name"])
        return ""
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)
    F = {"name"}

    @app.post("/")
    def v():
        d = request.get_json()
        u = User(**{k: v for k, v in d.items() if k in F})
        return ""
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)
    F = ("name", "mail")

    @app.post("/")
    def v():
        d = request.get_json()
        u = User.query.get(1)
        for k in F:
            if k in d:
                setattr(u, k, d[k])
        return ""
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)
    F = ("name", "mail")

    @app.post("/")
    def v():
        u = User.query.get(1)
        for k, v in request.json.items():
            if k not in F:
                continue
            setattr(u, k, v)
        return ""
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy
    from pydantic import BaseModel

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    class In(BaseModel):
        name: str

    @app.post("/")
    def v():
        u = User(**In(**request.get_json()).model_dump())
        return ""
    """,
    """
    from flask import Flask, jsonify, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        d = {}
        d.update(request.get_json())
        return jsonify(d)
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        d = {k: request.json[k] for k in ("name", "mail") if k in request.json}
        u = User(**d)
        return ""
    """,
    """
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    class Cfg:
        def __init__(self, **kw):
            for k, v in kw.items():
                setattr(self, k, v)
    c = Cfg(a=1, b=2)

    @app.post("/")
    def v():
        return str(c.a)
    """,
    """
    from flask import Flask, request
    from flask_sqlalchemy import SQLAlchemy
    from marshmallow import Schema, fields

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    class S(Schema):
        name = fields.Str()

    @app.post("/")
    def v():
        u = User(**S().load(request.get_json()))
        return ""
    """,
    """
    from flask import Flask, abort, jsonify, request
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        is_admin = db.Column(db.Boolean)

    @app.post("/")
    def v():
        extra = set(request.json) - {"name"}
        if extra:
            abort(422)
        return jsonify(name=request.json["name"])
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in MASS_ASSIGNMENT_IN_CODE.items() for code in codes]
)
def test_mass_assignment_in_code_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.mass-assignment-in-code") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_MASS_ASSIGNMENT_IN_CODE)
def test_what_only_looks_like_mass_assignment_in_code_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.mass-assignment-in-code") == []


def test_a_method_called_create_of_something_unknown_is_a_guess() -> None:
    code = """
    from flask import Flask, request
    from elsewhere import factory
    app = Flask(__name__)

    @app.post("/")
    def index():
        factory().create(**request.get_json())
        return ""
    """
    assert [finding.confidence.name for finding in found(code, "inputs.mass-assignment-in-code")] == ["LOW"]
