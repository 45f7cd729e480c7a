"""What real applications do that looks worse than it is, each with a twin that is as bad as it looks."""

from __future__ import annotations

from textwrap import dedent

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.support import found

HEAD = """
import os, shutil
from functools import wraps
from flask import Flask, Blueprint, request, jsonify, make_response, redirect, send_from_directory, send_file
app = Flask(__name__)
"""


def of(rule: str, code: str) -> list[tuple[Severity, Confidence]]:
    text = dedent(HEAD) + dedent(code)
    return [(one.severity, one.confidence) for one in found(text, rule)]


SURE = [(Severity.HIGH, Confidence.HIGH)]
DOUBTED = [(Severity.LOW, Confidence.LOW)]

METHOD_HOOK = """
class Manager:
    def __init__(self, app):
        app.after_request(self._update)
    def _update(self, response):
        if request.args.get("again"):
            response.set_cookie("a", "b")
        return response
Manager(app)
@app.route("/")
def view():
    return {}
"""


@pytest.mark.parametrize(
    ("answer", "expected"), [('jsonify(request.args["q"])', []), ('f"<p>{request.args["q"]}"', SURE)]
)
def test_a_hook_that_is_a_method_leaves_the_type_of_an_answer(answer: str, expected: object) -> None:
    assert of("inputs.reflected-xss", METHOD_HOOK.format(answer)) == expected


RESOURCE = """
from flask_restful import Api, Resource
api = Api(app)
class Query(Resource):
    def get(self):
        return {}
api.add_resource(Query, "/q")
"""


def test_a_resource_returns_json_unless_it_makes_the_answer_itself() -> None:
    assert of("inputs.reflected-xss", RESOURCE.format('"no " + request.args["q"], 400')) == []
    assert of("inputs.reflected-xss", RESOURCE.format('make_response("no " + request.args["q"], 400)')) == SURE


def test_a_resource_may_be_represented_as_something_else() -> None:
    code = RESOURCE.format('"no " + request.args["q"], 400').replace(
        "class Query",
        '@api.representation("text/html")\ndef html(data, code, headers=None):\n    return data\nclass Query',
    )
    assert of("inputs.reflected-xss", code) == SURE


def test_what_a_view_inside_of_a_factory_calls_makes_no_answer() -> None:
    code = """
    def trimmed(text):
        return text
    def make(store):
        pages = Blueprint("pages", __name__)
        @pages.route("/x")
        def x():
            return {}
        return pages
    app.register_blueprint(make(1))
    """
    assert of("inputs.reflected-xss", code.replace("{}", 'jsonify(trimmed(request.args["q"]))')) == []
    assert of("inputs.reflected-xss", code.replace("{}", 'trimmed(request.args["q"])')) == SURE


def test_the_answer_inside_of_a_wrapper_is_judged() -> None:
    code = """
    def guard(function):
        @wraps(function)
        def inner(*args, **kwargs):
            if not request.args.get("key"):
                return "no"
            return function(*args, **kwargs)
        return inner
    @app.route("/a")
    @guard
    def a():
        return "<p>" + request.args["q"]
    """
    assert of("inputs.reflected-xss", code) == SURE


def converter(body: str) -> str:
    return f"""
from uuid import UUID
from werkzeug.routing import BaseConverter, ValidationError
class Own(BaseConverter):
{body}
app.url_map.converters["own"] = Own
@app.route("/<own:value>")
def view(value):
    return f"<p>{{value}}"
"""


CHECKED = """    def to_python(self, value):
        try:
            found = UUID(value)
        except ValueError as error:
            raise ValidationError() from error
        return str(found)
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (CHECKED, []),
        ('    regex = "[a-z0-9-]+"\n', []),
        ('    regex = ".+"\n', SURE),
        ('    def to_python(self, value):\n        return value.split(",")[0]\n', SURE),
    ],
)
def test_a_converter_of_the_project_is_what_it_does(body: str, expected: object) -> None:
    assert of("inputs.reflected-xss", converter(body)) == expected


def test_a_path_that_exists_is_hardly_a_piece_of_a_page() -> None:
    code = """
    @app.route("/")
    def view():
        path = request.args["path"]
        if {}:
            return "<p>" + path
        return ""
    """
    assert of("inputs.reflected-xss", code.format("os.path.isdir(path)")) == DOUBTED
    assert of("inputs.reflected-xss", code.format("os.path.isabs(path)")) == SURE


def test_a_mark_that_is_taken_back_marks_nothing() -> None:
    code = """
    from markupsafe import Markup
    @app.route("/")
    def view():
        return jsonify({})
    """
    assert of("inputs.unsafe-markup", code.format('Markup(request.args["q"]).striptags()')) == []
    assert of("inputs.unsafe-markup", code.format('Markup(request.args["q"]).strip()')) == SURE


UPLOAD = """
@app.route("/", methods=["POST"])
def view():
    upload = request.files["f"]
    upload.save(os.path.join("/data", {}))
    return ""
"""


@pytest.mark.parametrize("ending", ['upload.filename.rsplit(".", 1)[-1]', 'upload.filename.rpartition(".")[2]'])
def test_what_stands_behind_the_last_dot_leads_nowhere(ending: str) -> None:
    assert of("inputs.upload-name", UPLOAD.format(f'"book." + {ending}')) == []
    assert of("inputs.upload-name", UPLOAD.format(ending)) == SURE


def test_the_parts_before_the_last_dot_have_dots() -> None:
    assert of("inputs.upload-name", UPLOAD.format('"a" + upload.filename.rsplit(".", 1)[0]')) == SURE


def test_a_file_of_a_fixed_name_is_less_than_any_file() -> None:
    code = '@app.route("/")\ndef view():\n    return {}\n'
    fixed = code.format('send_file(os.path.join("/data", request.args["d"], "page.html"))')
    assert of("inputs.path-traversal", fixed) == [(Severity.MEDIUM, Confidence.HIGH)]
    assert of("inputs.path-traversal", code.format('send_file(os.path.join("/data", request.args["d"]))')) == SURE


def test_one_folder_up_a_file_of_a_fixed_name_is_doubtful() -> None:
    code = '@app.route("/<name>")\ndef view(name):\n    return send_from_directory(os.path.join("/data", name), {})\n'
    assert of("inputs.path-traversal", code.format('"shot.png"')) == DOUBTED
    assert of("inputs.path-traversal", code.format('request.args["file"]')) == SURE


def test_an_open_file_is_no_path() -> None:
    code = """
    from PIL import Image
    from werkzeug.datastructures import FileStorage
    from wtforms import Form, FileField
    class Picture(Form):
        data = FileField()
    @app.route("/", methods=["POST"])
    def view():
        data = Picture(request.files).data.data
        if {}:
            Image.open(data)
        return ""
    """
    assert of("inputs.path-traversal", code.format("isinstance(data, FileStorage)")) == []


def test_what_the_server_found_by_a_key_is_one_of_its_keys() -> None:
    code = """
    from elsewhere import store
    @app.route("/", methods=["POST"])
    def view():
        key = request.form["key"]
        {} store.data["watched"].get(key)
            shutil.rmtree(os.path.join("/data", key))
        return ""
    """
    found_first = code.replace("{} ", "if ").replace(".get(key)", ".get(key):")
    ignored = code.replace("{} ", "").replace("            shutil", "        shutil")
    assert of("inputs.path-traversal-write", found_first) == []
    assert of("inputs.path-traversal-write", ignored) == SURE


def test_a_method_chosen_by_name_is_less_without_arguments() -> None:
    code = (
        '@app.route("/")\ndef view():\n    frame = load()\n    getattr(frame, request.args["m"])({})\n    return ""\n'
    )
    assert of("inputs.code-injection", code.format("")) == [(Severity.MEDIUM, Confidence.MEDIUM)]
    assert of("inputs.code-injection", code.format('request.args["x"]')) == [(Severity.HIGH, Confidence.MEDIUM)]
