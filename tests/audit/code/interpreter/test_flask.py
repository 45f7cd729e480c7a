"""Flask's own ways from one place to another: ``g``, the session, configuration, hooks, views of every form."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_app, in_files

CASES = {
    "g": """
        from flask import g
        def run():
            db.execute(g.name)  # found
            db.execute(g.table)
        @app.route("/")
        def view():
            g.name = request.args["q"]
            g.table = "a"
            run()
    """,
    "g from a hook": """
        from flask import g
        @app.before_request
        def load():
            g.name = request.args["q"]
            g.table = "a"
        @app.route("/")
        def view():
            db.execute(g.name)  # found
            db.execute(g.table)
    """,
    "g by get and setattr": """
        import flask
        @app.route("/")
        def view():
            setattr(flask.g, "name", request.args["q"])
            flask.g.table = "a"
            db.execute(flask.g.name)  # found
            db.execute(flask.g.get("name"))  # found
            db.execute(flask.g.get("table"))
            db.execute(getattr(flask.g, "table", None))
    """,
    "a connection in g": """
        from flask import g
        def connection():
            if "db" not in g:
                g.db = sqlite3.connect("a.db")
            return g.db
        @app.route("/")
        def view():
            connection().execute(request.args["q"])  # found
            connection().execute("a")
    """,
    "the session within a view": """
        from flask import session
        @app.route("/")
        def view():
            session["name"] = request.args["q"]
            session["table"] = "a"
            db.execute(session["name"])  # found
            db.execute(session["table"])
            db.execute(session.get("name"))  # found
            db.execute(session.pop("table"))
    """,
    "the session between views": """
        from flask import session
        @app.route("/put")
        def put():
            session["name"] = request.args["q"]
            session["table"] = "a"
            return "ok"
        @app.route("/get")
        def get():
            db.execute(session["name"])  # found
            db.execute(session["table"])
    """,
    "configuration": """
        from flask import current_app
        app.config["TABLE"] = "a"
        app.config.update(RAW=False, NAME="b")
        @app.route("/")
        def view():
            db.execute(current_app.config["TABLE"])
            db.execute(app.config.get("NAME"))
            if current_app.config["RAW"]:
                db.execute(request.args["q"])
            db.execute(request.args["q"])  # found
    """,
    "configuration from an object": """
        class Settings:
            TABLE = "a"
            RAW = False
        app.config.from_object(Settings)
        @app.route("/")
        def view():
            db.execute(app.config["TABLE"])
            if app.config["RAW"]:
                db.execute(request.args["q"])
            db.execute(request.args["q"])  # found
    """,
    "the request as a parameter": """
        def run(sent, table):
            db.execute(sent.args["q"])  # found
            db.execute(sent.args.get("q", "a"))  # found
            db.execute(table)
        @app.route("/")
        def view():
            run(request, "a")
    """,
    "the request in a variable": """
        @app.route("/")
        def view():
            sent = request
            values = sent.args
            form = request.form.to_dict()
            db.execute(values["q"])  # found
            db.execute(form["q"])  # found
            db.execute(sent.method)
    """,
    "the request in an object": """
        class Wrapper:
            def __init__(self, sent):
                self.sent = sent
                self.table = "a"
            def query(self):
                return self.sent.args.get("q")
        @app.route("/")
        def view():
            wrapper = Wrapper(request)
            db.execute(wrapper.query())  # found
            db.execute(wrapper.table)
    """,
    "a subclass of Request": """
        class Sent(flask.Request):
            @property
            def query(self):
                return self.args["q"]
            @property
            def table(self):
                return "a"
        app.request_class = Sent
        @app.route("/")
        def view():
            sent = Sent(request.environ)
            db.execute(sent.query)  # found
            db.execute(sent.args["q"])  # found
            db.execute(sent.table)
    """,
    "every item of the request": """
        @app.route("/")
        def view():
            for name, value in request.form.items():
                db.execute(name)  # found
                db.execute(value)  # found
            for name in request.args:
                db.execute(name)  # found
            for value in request.args.getlist("a"):
                db.execute(value)  # found
            db.execute({**request.args}["a"])  # found
            db.execute(dict(request.args)["a"])  # found
            for name, value in {"a": "b"}.items():
                db.execute(value)
    """,
    "unpacked from the request": """
        @app.route("/")
        def view():
            name, table = request.args["name"], "a"
            first, second = (request.form.get(key) for key in ("a", "b"))
            db.execute(name)  # found
            db.execute(second)  # found
            db.execute(table)
    """,
    "JSON": """
        @app.route("/", methods=["POST"])
        def view():
            data = request.get_json()
            db.execute(data["user"]["name"])  # found
            for item in data["items"]:
                db.execute(item["name"])  # found
            db.execute({"a": data["b"], "c": "d"}["c"])
    """,
    "path arguments": """
        @app.route("/<name>/<int:number>/<path:rest>")
        def view(name, number, rest):
            db.execute(name)  # found
            db.execute(rest)  # found
            db.execute(f"LIMIT {number}")
    """,
    "view_args": """
        @app.route("/<name>/<int:number>")
        def view(**arguments):
            db.execute(arguments["name"])  # found
            db.execute(f"LIMIT {arguments['number']}")
    """,
    "a view added by a call": """
        def view(name, number):
            db.execute(name)  # found
            db.execute(f"LIMIT {number}")
        app.add_url_rule("/<name>/<int:number>", "view", view)
    """,
    "routes in a loop": """
        def one(name):
            db.execute(name)  # found
        def two(name):
            db.execute("a")
        for rule, view in [("/one/<name>", one), ("/two/<name>", two)]:
            app.add_url_rule(rule, view_func=view)
    """,
    "routes made by a function": """
        def make(table):
            def view(name):
                db.execute(table)
                db.execute(name)  # found
            return view
        for table in ("a", "b"):
            app.add_url_rule(f"/{table}/<name>", table, make(table))
    """,
    "a factory": """
        def create_app():
            made = Flask(__name__)
            table = "a"
            @made.route("/<name>")
            def view(name):
                db.execute(name)  # found
                db.execute(table)
            return made
    """,
    "a factory that registers in functions": """
        def create_app():
            made = Flask(__name__)
            register(made)
            return made
        def register(some):
            @some.route("/<name>")
            def view(name):
                db.execute(name)  # found
                db.execute("a")
    """,
    "a factory in a class": """
        class Site:
            def __init__(self):
                self.app = Flask(__name__)
                self.table = "a"
                self.app.add_url_rule("/<name>", "view", self.view)
            def view(self, name):
                db.execute(name)  # found
                db.execute(self.table)
        site = Site()
    """,
    "MethodView": """
        from flask.views import MethodView
        class Users(MethodView):
            def __init__(self):
                self.table = "a"
            def get(self, name):
                db.execute(name)  # found
                db.execute(self.table)
            def post(self, name):
                self.save(request.form["q"])
            def save(self, text):
                db.execute(text)  # found
        app.add_url_rule("/users/<name>", view_func=Users.as_view("users"))
    """,
    "a view class with arguments": """
        from flask.views import View
        class Listing(View):
            def __init__(self, table, db):
                self.table = table
                self.db = db
            def dispatch_request(self):
                self.text = request.args["q"]
                self.run()
            def run(self):
                db.execute(self.table)
                db.execute(self.text)  # found
        app.add_url_rule("/", view_func=Listing.as_view("list", "a", db=db))
    """,
    "a base class's dispatch": """
        from flask.views import MethodView
        class Base(MethodView):
            def dispatch_request(self, *args, **kwargs):
                self.text = request.args["q"]
                self.table = "a"
                return super().dispatch_request(*args, **kwargs)
        class Users(Base):
            def get(self):
                db.execute(self.text)  # found
                db.execute(self.table)
        app.add_url_rule("/", view_func=Users.as_view("users"))
    """,
    "a blueprint": """
        from flask import Blueprint
        users = Blueprint("users", __name__, url_prefix="/users")
        @users.route("/<name>")
        def view(name):
            db.execute(name)  # found
            db.execute("a")
        app.register_blueprint(users)
    """,
    "nested blueprints": """
        from flask import Blueprint
        outer, inner = Blueprint("outer", __name__), Blueprint("inner", __name__)
        @inner.get("/<name>/<int:number>")
        def view(name, number):
            db.execute(name)  # found
            db.execute(f"LIMIT {number}")
        outer.register_blueprint(inner)
        app.register_blueprint(outer)
    """,
    "a blueprint made by a function": """
        from flask import Blueprint
        def make(table):
            made = Blueprint(table, __name__)
            @made.route("/<name>")
            def view(name):
                db.execute(table)
                db.execute(name)  # found
            return made
        app.register_blueprint(make("a"))
    """,
    "a view of several routes": """
        @app.route("/<name>")
        @app.route("/<int:number>")
        def view(name="a", number=1):
            db.execute(name)  # found
            db.execute(f"LIMIT {number}")
    """,
    "an exception for its handler": """
        class Failed(Exception):
            def __init__(self, what, table):
                self.what = what
                self.table = table
        @app.errorhandler(Failed)
        def failed(error):
            db.execute(error.what)  # found
            db.execute(error.table)
        @app.route("/")
        def view():
            raise Failed(request.args["q"], "a")
    """,
    "an error handler": """
        @app.errorhandler(404)
        def missing(error):
            db.execute(request.args["q"])  # found
            db.execute("a")
    """,
    "what a view answers does not change": """
        @app.after_request
        def after(response):
            db.execute(request.args["q"])  # found
            db.execute("a")
            return response
    """,
    "a url preprocessor": """
        from flask import g
        @app.url_value_preprocessor
        def load(endpoint, values):
            g.name = values.pop("name")
            g.table = "a"
        @app.route("/<name>")
        def view():
            db.execute("SELECT 1 FROM a ORDER BY " + g.name)  # perhaps
            db.execute(g.table)
    """,
    "a command is trusted": """
        import click
        @app.cli.command("run")
        @click.argument("text")
        def run(text):
            db.execute(text)
        @app.route("/<text>")
        def view(text):
            db.execute(text)  # found
    """,
    "a streamed answer": """
        from flask import stream_with_context
        @app.route("/<name>")
        def view(name):
            def rows():
                yield db.execute(name)  # found
                yield db.execute("a")
            return app.response_class(stream_with_context(rows()))
    """,
    "LocalProxy": """
        from werkzeug.local import LocalProxy
        def _connection():
            return sqlite3.connect("a.db")
        connection = LocalProxy(_connection)
        name = LocalProxy(lambda: request.args["q"])
        @app.route("/")
        def view():
            connection.execute(request.args["q"])  # found
            connection.execute("a")
            db.execute(str(name))  # found
    """,
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_flask(text: str) -> None:
    in_app("import flask\n" + _dedented(text))


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text)


def test_views_of_a_package() -> None:
    in_files(
        {
            "app.py": "from web import create_app\napp = create_app()\n",
            "web/__init__.py": """
                from flask import Flask
                def create_app():
                    app = Flask(__name__)
                    from .users import users
                    app.register_blueprint(users)
                    return app
                """,
            "web/database.py": """
                import sqlite3
                from flask import g
                def connection():
                    if "db" not in g:
                        g.db = sqlite3.connect("a.db")
                    return g.db
                def query(text, args=()):
                    return connection().execute(text, args).fetchall()  # found
                def count():
                    return connection().execute("SELECT count(*) FROM a").fetchone()
                """,
            "web/users.py": """
                from flask import Blueprint, request
                from .database import count, query
                users = Blueprint("users", __name__)
                @users.route("/")
                def listing():
                    count()
                    return str(query("SELECT * FROM a ORDER BY " + request.args["by"]))
                @users.route("/<name>")
                def one(name):
                    return str(query("SELECT * FROM a WHERE name = ?", (name,)))
                """,
        }
    )
