"""Ways to register views that large applications have: views made by a function that remembers, marked methods."""

from __future__ import annotations

from tests.audit.code.support import findings_in, marked

COMMANDS = "inputs.command-injection"
XSS = "inputs.reflected-xss"
PATHS = "inputs.path-traversal"

HANDLERS = """
import inspect
import os
from flask import Blueprint, request

def memoize(function):
    cache = {}

    def remembering(*args):
        key = tuple(args)
        if key not in cache:
            cache[key] = function(*args)
        return cache[key]
    return remembering

@memoize
def view_of(made):
    '''Return a view for a class of handlers, or the function itself.

    A handler is an object of its own for each request:
    it is made, and then processed.
    '''
    if inspect.isclass(made):
        if not hasattr(made, "process"):
            raise ValueError(made)

        def view(**kwargs):
            return made().process()

        view.__name__ = made.__name__
        return view
    return made

class Rules(Blueprint):
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        if view_func is not None:
            view_func = view_of(view_func)
        super().add_url_rule(rule, endpoint, view_func, **options)

class Handler:
    def process(self):
        return getattr(self, "process_" + request.method)()

rules = Rules("rules", __name__)
"""


def test_many_views_that_one_function_makes_are_each_the_view_of_their_own_class() -> None:
    made = [
        f"""
class Handler{number}(Handler):
    def process_GET(self):
        os.system("ls {number} " + request.args["n{number}"])  # found

rules.add_url_rule("/{number}", "h{number}", Handler{number})
"""
        for number in range(60)
    ]
    code = HANDLERS + "".join(made)
    assert [line for line, _ in findings_in(code, COMMANDS)] == marked(code)


def test_what_is_remembered_for_others_is_not_returned() -> None:
    code = """
    import os
    from flask import Flask, request
    app = Flask(__name__)
    kept = {}

    def made(key, text):
        if key not in kept:
            kept[key] = text
        return kept[key]

    @app.get("/")
    def index():
        made(request.args["k"], request.args["q"])
        os.system("ls " + made(request.args["other"], "fixed"))
        os.system("cat " + made(request.args["k2"], request.args["q"]))  # found
        return ""
    """
    assert [line for line, _ in findings_in(code, COMMANDS)] == marked(code)


def test_a_lambda_that_is_a_view_answers_with_what_it_returns() -> None:
    code = """
    from flask import Flask, jsonify
    app = Flask(__name__)
    app.add_url_rule("/a/<path:path>", "a", lambda path: (jsonify(path), 404), methods=["POST"])
    app.add_url_rule("/b/<path:path>", "b", lambda path: "<b>" + path, methods=["POST"])  # found
    """
    assert [line for line, _ in findings_in(code, XSS)] == marked(code)


def test_answers_of_flask_appbuilder_are_json() -> None:
    code = """
    from flask import request
    from flask_appbuilder import expose
    from flask_appbuilder.api import ModelRestApi, protect

    class Users(ModelRestApi):
        @expose("/named", methods=("GET",))
        @protect()
        def named(self):
            return self.response(200, result=request.args["q"])

        @expose("/page", methods=("GET",))
        @protect()
        def page(self):
            return "<b>" + request.args["q"]  # found
    """
    assert [line for line, _ in findings_in(code, XSS)] == marked(code)


def test_a_marked_method_runs_with_the_decorators_above_its_mark() -> None:
    code = """
    from flask import request
    from flask_appbuilder import BaseView, expose
    from flask_appbuilder.security.decorators import has_access

    class Pages(BaseView):
        @has_access
        @expose("/list")
        def list(self):
            return "list"

        @expose("/other")
        @has_access
        def other(self):
            return "other"
    """
    assert findings_in(code, "access.decorator-order") == []


def test_fields_of_a_schema_let_through_what_their_type_says() -> None:
    code = """
    import os
    from flask import Flask, request
    from marshmallow import Schema, fields
    from marshmallow.validate import Length, OneOf

    class Wanted(Schema):
        number = fields.Integer()
        word = fields.String(validate=OneOf(["a", "b"]))
        short = fields.String(validate=Length(max=20))

    app = Flask(__name__)

    @app.post("/")
    def index():
        wanted = Wanted().load(request.form)
        os.system("ls %s" % wanted["number"])
        os.system("ls %s" % wanted["word"])
        os.system("ls %s" % wanted["short"])  # found
        return ""
    """
    assert [line for line, _ in findings_in(code, COMMANDS)] == marked(code)
