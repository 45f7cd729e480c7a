"""``@validated`` with the form classes and schemas that an application has already: WTForms and marshmallow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import wtforms
from flask import Flask, jsonify
from flask_wtf import FlaskForm
from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, validated
from flask_garrison.events import SecurityEvent
from flask_garrison.inputs.schemas import declared_inputs

SECRET = "hunter2-the-password"
HERE = {"Sec-Fetch-Site": "same-origin"}


def _echo(form: Any, field: Any) -> None:
    if SECRET in (field.data or ""):
        raise wtforms.ValidationError(f"{field.data} is weak")


class Street(wtforms.Form):
    city = wtforms.StringField()


class Signup(wtforms.Form):
    name = wtforms.StringField(validators=[wtforms.validators.DataRequired()])
    password = wtforms.PasswordField(validators=[_echo])
    tags = wtforms.SelectMultipleField(choices=[("a", "a"), ("b", "b")])
    address = wtforms.FormField(Street)
    lines = wtforms.FieldList(wtforms.StringField())
    send = wtforms.SubmitField()


class Inner(Schema):
    class Meta:
        unknown = EXCLUDE

    city = fields.String(required=True)
    inside = fields.Nested(lambda: Inner())


class Outer(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String(required=True, data_key="Name")
    age = fields.Integer()
    id = fields.Integer(dump_only=True)
    home = fields.Nested(Inner)
    others = fields.List(fields.Nested(Inner))
    tags = fields.List(fields.String())


class Anything(Schema):
    class Meta:
        unknown = INCLUDE


def _strong(value: str) -> None:
    raise ValidationError(f"{value} is weak")


class Secretive(Schema):
    password = fields.String(validate=_strong)


def guarded(build: Callable[[Flask], None], **policy: Any) -> Client:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    build(app)
    Garrison(app, Policy(**policy))
    return Client(app)


def signup(**options: Any) -> Callable[[Flask], None]:
    def build(app: Flask) -> None:
        @app.route("/", methods=["GET", "POST"])
        @validated(form=Signup, **options)
        def view(form: Signup) -> Any:
            return jsonify(data=form.data, errors=form.errors)

    return build


def schema(declared: Any) -> Callable[[Flask], None]:
    def build(app: Flask) -> None:
        app.add_url_rule("/", "json", validated(json=declared)(lambda json: jsonify(json)), methods=["POST"])
        app.add_url_rule("/form", "form", validated(form=declared)(lambda form: jsonify(form)), methods=["POST"])
        app.add_url_rule("/query", "query", validated(query=declared)(lambda query: jsonify(query)))

    return build


HONEST = {
    "name": "Ada",
    "password": "x",
    "tags": ["a", "b"],
    "address-city": "Bonn",
    "lines-0": "one",
    "lines-1": "two",
    "send": "Send",
    "_garrison_csrf": "t",
    "csrf_token": "t",
}


def test_the_view_receives_the_bound_form() -> None:
    answer = guarded(signup()).post("/", data=HONEST, headers=HERE)
    assert answer.status_code == 200
    assert answer.json["data"]["tags"] == ["a", "b"]
    assert answer.json["data"]["address"] == {"city": "Bonn"}
    assert answer.json["data"]["lines"] == ["one", "two"]


def test_a_get_shows_an_empty_form() -> None:
    answer = guarded(signup()).get("/?name=Eve")
    assert (answer.status_code, answer.json["data"]["name"], answer.json["errors"]) == (200, None, {})


@pytest.mark.parametrize("options", [{}, {"on_error": "view"}])
@pytest.mark.parametrize(
    "extra", [{"is_admin": "1"}, {"address-is_admin": "1"}, {"name": ["Ada", "Eve"]}, {"address-city": ["a", "b"]}]
)
def test_smuggled_and_doubled_fields_are_refused(extra: dict[str, Any], options: dict[str, Any]) -> None:
    assert guarded(signup(**options)).post("/", data={**HONEST, **extra}, headers=HERE).status_code == 422


def test_a_form_that_does_not_fit_is_refused_without_its_values(seen: Callable[[], list[SecurityEvent]]) -> None:
    answer = guarded(signup()).post("/", data={**HONEST, "name": "", "password": SECRET}, headers=HERE)
    assert answer.status_code == 422
    assert [(error["name"], error["type"]) for error in answer.json["errors"]] == [
        ("name", "missing"),
        ("password", "invalid"),
    ]
    assert SECRET not in answer.text
    assert not any(SECRET in event.as_json() for event in seen())


def test_the_view_may_show_the_form_again(seen: Callable[[], list[SecurityEvent]]) -> None:
    answer = guarded(signup(on_error="view")).post("/", data={**HONEST, "name": ""}, headers=HERE)
    assert (answer.status_code, answer.json["errors"]) == (200, {"name": ["This field is required."]})
    assert (seen()[-1].outcome, seen()[-1].parameter, seen()[-1].appsensor) == ("allowed", "name", "RE6")


def test_observe_mode_records_an_unknown_field(seen: Callable[[], list[SecurityEvent]]) -> None:
    answer = guarded(signup(), mode="observe").post("/", data={**HONEST, "is_admin": "1"}, headers=HERE)
    assert answer.status_code == 200
    assert "would_refuse" in {event.outcome for event in seen() if event.control == "inputs.mass-assignment"}


@pytest.mark.parametrize("checks", [True, False])
def test_flask_wtf_checks_its_own_token(checks: bool) -> None:
    class Buy(FlaskForm):
        name = wtforms.StringField()

    def build(app: Flask) -> None:
        app.config.update(WTF_CSRF_ENABLED=checks, WTF_CSRF_FIELD_NAME="own_token")

        @app.route("/", methods=["GET", "POST"])
        @validated(form=Buy)
        def view(form: Any) -> str:
            return str(form.own_token.current_token) if checks and not form.is_submitted() else str(form.name.data)

    client = guarded(build)
    token = client.get("/", headers=HERE).text
    assert client.post("/", data={"name": "tea", "own_token": token}, headers=HERE).text == "tea"
    if checks:
        assert client.post("/", data={"name": "tea"}, headers=HERE).status_code == 422


def test_a_schema_is_loaded_from_its_class_and_from_an_instance() -> None:
    for declared in (Outer, Outer()):
        client = guarded(schema(declared))
        answer = client.post("/", json={"Name": "Ada", "home": {"city": "Bonn"}}, headers=HERE)
        assert answer.json == {"name": "Ada", "home": {"city": "Bonn"}}
        form = client.post("/form", data={"Name": "Ada", "age": "3", "tags": ["a", "b"]}, headers=HERE)
        assert form.json == {"name": "Ada", "age": 3, "tags": ["a", "b"]}
        assert client.get("/query?Name=Ada&utm=1").json == {"name": "Ada"}
        assert client.get("/query?Name=Ada&Name=Eve").status_code == 422


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"Name": "Ada", "is_admin": 1}, ""),
        ({"Name": "Ada", "id": 1}, ""),
        ({"Name": "Ada", "home": {"city": "Bonn", "x": 1}}, "/home"),
        ({"Name": "Ada", "others": [{"city": "Bonn", "inside": {"city": "Ulm", "x": 1}}]}, "/others/0/inside"),
    ],
)
def test_a_schema_that_drops_unknown_keys_refuses_them(body: object, pointer: str) -> None:
    own = Outer()
    answer = guarded(schema(own)).post("/", json=body, headers=HERE)
    assert answer.status_code == 422
    assert [(error["pointer"], error["type"]) for error in answer.json["errors"]] == [(pointer, "unknown_key")]
    assert own.unknown == EXCLUDE


def test_a_schema_that_includes_them_is_the_applications_word() -> None:
    assert guarded(schema(Anything)).post("/", json={"a": 1}, headers=HERE).json == {"a": 1}


def test_a_schemas_messages_are_not_quoted() -> None:
    answer = guarded(schema(Secretive)).post("/", json={"password": SECRET}, headers=HERE)
    assert [(error["pointer"], error["type"]) for error in answer.json["errors"]] == [("/password", "invalid")]
    assert SECRET not in answer.text


@pytest.mark.parametrize("body", [[], "x", {"Name": {"a": 1}}, {"Name": "Ada", "home": 3}, {}])
def test_a_body_of_another_shape_is_422(body: object) -> None:
    assert guarded(schema(Outer)).post("/", json=body, headers=HERE).status_code == 422


def test_the_names_of_forms_and_schemas_are_listed() -> None:
    app = Flask("shop")
    signup()(app)
    app.add_url_rule("/s", "s", validated(json=Outer)(lambda json: ""), methods=["POST"])
    found = declared_inputs(app)
    assert set(found["view"]["POST"]["form"]["properties"]) == {"name", "password", "tags", "address", "lines", "send"}
    assert set(found["s"]["POST"]["json"]["properties"]) == {"Name", "age", "home", "others", "tags"}


def test_no_library_is_imported_to_declare_or_to_ask() -> None:
    code = (
        "import sys; from flask import Flask; from flask_garrison import Garrison, validated\n"
        "app = Flask('a'); app.config['TESTING'] = True\n"
        "app.add_url_rule('/', view_func=validated(query=dict[str, str])(lambda query: 'ok'))\n"
        "Garrison(app)\n"
        "assert not {'pydantic', 'wtforms', 'marshmallow'} & set(sys.modules)\n"
        "assert app.test_client().get('/').text == 'ok'\n"
        "assert not {'wtforms', 'marshmallow'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0
