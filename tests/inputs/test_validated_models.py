"""``@validated`` with pydantic: what reaches the view, what is refused, and what is said about it."""

from __future__ import annotations

import dataclasses
import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Annotated, Any

import pytest
from flask import Flask, jsonify, request
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import FileStorage
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, validated
from flask_garrison.events import SecurityEvent
from flask_garrison.inputs.schemas import declared_inputs

SECRET = "hunter2-the-password"
HERE = {"Sec-Fetch-Site": "same-origin"}


class Address(BaseModel):
    city: str


class Account(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str = Field(min_length=2, max_length=20)
    age: int = Field(default=1, ge=0)
    address: Address | None = None
    others: list[Address] = []
    scores: dict[str, int] = {}


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    inner: Address | None = None


class Login(BaseModel):
    name: str
    password: str
    tags: list[str] = []
    age: int = 0

    @field_validator("password")
    @classmethod
    def _strong(cls, value: str) -> str:
        if value == "custom" + SECRET:
            raise PydanticCustomError(f"weak {value}", "The password {value} is weak", {"value": value})  # type: ignore[arg-type]
        if SECRET in value:
            raise ValueError(f"The password {value} is weak")
        return value


class Search(BaseModel):
    q: str = ""
    page: int = Field(default=1, le=100)
    tag: list[str] = []


@pytest.fixture
def app() -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule(
        "/json", "json", validated(json=Account)(lambda json: jsonify(json.model_dump())), methods=["POST"]
    )
    app.add_url_rule("/open", "open", validated(json=Open)(lambda json: jsonify(json.model_dump())), methods=["POST"])
    app.add_url_rule("/form", "form", validated(form=Login)(_form), methods=["GET", "POST"])
    app.add_url_rule("/find", "find", validated(query=Search)(lambda query: jsonify(query.model_dump())))
    return app


def _form(form: Login | None) -> Any:
    return jsonify(form.model_dump() if form else None)


def client_of(app: Flask, **policy: Any) -> Client:
    Garrison(app, Policy(**policy))
    return Client(app)


def post(app: Flask, path: str, body: object, **options: Any) -> Any:
    return client_of(app, **options).post(path, json=body, headers=HERE)


def errors_of(answer: Any, status: int = 422) -> list[dict[str, str]]:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    errors: list[dict[str, str]] = answer.json["errors"]
    return errors


def test_the_view_receives_the_model(app: Flask) -> None:
    answer = post(app, "/json", {"name": "Ada", "age": 3, "others": [{"city": "Bonn"}], "scores": {"go": 1}})
    assert answer.status_code == 200
    assert answer.json["others"] == [{"city": "Bonn"}]


@pytest.mark.parametrize(
    ("body", "control", "event"),
    [
        ('{"name": "Ada", "name": "Eve"}', "inputs.body-limits", "duplicate"),
        ('{"name": "Ada", "scores": {"a": 1, "a": 2}}', "inputs.body-limits", "duplicate"),
        ('{"name": "Ada", "scores": {"%s": 1}}' % ("a" * 300), "inputs.body-limits", "name"),
        ('{"name": "Ada", "others": ' + "[" * 65 + "]" * 65 + "}", "inputs.body-limits", "json"),
        ('{"name": "A\\u0000a"}', "inputs.canonical-text", "json"),
        ('{"name": "Ada", "scores": {"a\\n": 1}}', "inputs.canonical-text", "json"),
        ('{"name": "A\\ud800a"}', "inputs.canonical-text", "json"),
    ],
)
@pytest.mark.parametrize("mode", ["off", "observe", "enforce"])
def test_the_guards_of_json_judge_a_declared_body_too(
    app: Flask, seen: Callable[[], list[SecurityEvent]], body: str, control: str, event: str, mode: str
) -> None:
    answer = client_of(app, modes={control: mode}).post(
        "/json", data=body, content_type="application/json", headers=HERE
    )
    assert (answer.status_code == 400) is (mode == "enforce")
    outcomes = [
        one.outcome for one in seen() if (one.control, one.event) == (control, f"input_validation_fail:{event}")
    ]
    assert outcomes == {"off": [], "observe": ["would_refuse"], "enforce": ["refused"]}[mode]


def test_a_list_of_wrong_items_is_counted_to_a_thousand_and_a_strange_key_behind_is_found(
    app: Flask, seen: Callable[[], list[SecurityEvent]]
) -> None:
    answer = post(app, "/json", {"name": "Ada", "others": [*[1] * 5_000, {"city": "Bonn", "role": "x"}]})
    assert len(errors_of(answer)) == 20
    event = seen()[-1]
    assert (event.control, event.parameter) == ("inputs.mass-assignment", "others.5000.role")
    assert event.detail["count"] == 1_001


def test_a_doubled_key_of_a_declared_body_passes_where_the_policy_says_so(app: Flask) -> None:
    answer = client_of(app, duplicate_json_keys="allow").post(
        "/json", data='{"name": "Ada", "name": "Eve"}', content_type="application/json", headers=HERE
    )
    assert answer.json["name"] == "Eve"


@pytest.mark.parametrize(
    ("body", "place", "key"),
    [
        ({"name": "Ada", "is_admin": True}, "", "is_admin"),
        ({"name": "Ada", "address": {"city": "Bonn", "is_admin": 1}}, "/address", "address.is_admin"),
        ({"name": "Ada", "others": [{"city": "Bonn"}, {"city": "Ulm", "role": "x"}]}, "/others/1", "others.1.role"),
    ],
)
def test_a_smuggled_key_is_refused_though_the_model_ignores_it(
    app: Flask, seen: Callable[[], list[SecurityEvent]], body: object, place: str, key: str
) -> None:
    answer = post(app, "/json", body)
    assert [(error["pointer"], error["type"]) for error in errors_of(answer)] == [(place, "unknown_key")]
    assert key.rpartition(".")[2] not in answer.text
    event = seen()[-1]
    assert (event.control, event.outcome, event.parameter) == ("inputs.mass-assignment", "refused", key)
    assert (event.appsensor, event.status) == ("RE5", 422)
    assert event.event == f"input_validation_fail:{key}"


def test_a_model_that_allows_more_is_the_applications_word_but_not_for_models_inside(app: Flask) -> None:
    client = client_of(app)
    assert client.post("/open", json={"anything": 1}, headers=HERE).json["anything"] == 1
    assert client.post("/open", json={"inner": {"city": "Bonn", "x": 1}}, headers=HERE).status_code == 422


def test_observe_mode_records_an_unknown_key_and_lets_the_model_drop_it(
    app: Flask, seen: Callable[[], list[SecurityEvent]]
) -> None:
    answer = post(app, "/json", {"name": "Ada", "is_admin": True}, mode="observe")
    assert answer.status_code == 200
    assert "is_admin" not in answer.json
    assert ("inputs.mass-assignment", "would_refuse") in {(event.control, event.outcome) for event in seen()}


def test_observe_mode_still_validates_since_the_view_asked_for_it(app: Flask) -> None:
    assert post(app, "/json", {"name": "A", "is_admin": True}, mode="observe").status_code == 422


@pytest.mark.parametrize(
    ("body", "pointer", "kind"),
    [
        ({}, "/name", "missing"),
        ({"name": ["Ada"]}, "/name", "string_type"),
        ({"name": "A"}, "/name", "string_too_short"),
        ({"name": "Ada", "age": -1}, "/age", "greater_than_equal"),
        ({"name": "Ada", "age": "many"}, "/age", "int_parsing"),
        ({"name": "Ada", "age": {"$gt": 0}}, "/age", "int_type"),
        ({"name": "Ada", "scores": {"big": 1e30}}, "/scores/*", "int_parsing_size"),
        ({"name": "Ada", "scores": {"hunter2": "x"}}, "/scores/*", "int_parsing"),
        ([], "", "model_type"),
        ("Ada", "", "model_type"),
    ],
)
def test_what_does_not_fit_is_named_by_place_and_kind(app: Flask, body: object, pointer: str, kind: str) -> None:
    answer = post(app, "/json", body)
    (error,) = errors_of(answer)
    assert (error["in"], error["pointer"], error["type"]) == ("json", pointer, kind)
    assert "hunter2" not in answer.text
    assert "many" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"name": NaN}',
        b'{"name": Infinity}',
        b'{"age": 1e999}',
        b'{"age": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_400(app: Flask, body: bytes) -> None:
    client = client_of(app)
    answer = client.post("/json", data=body, content_type="application/json", headers=HERE)
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_json_of_another_content_type_is_415(app: Flask, kind: str) -> None:
    answer = client_of(app).post("/json", data=b'{"name": "Ada"}', content_type=kind, headers=HERE)
    assert errors_of(answer, 415)[0]["in"] == "json"


@pytest.mark.parametrize("mode", ["enforce", "observe", "off"])
@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
def test_a_compressed_body_is_415_in_words(
    app: Flask, seen: Callable[[], list[SecurityEvent]], compress: Callable[[bytes], bytes], mode: str
) -> None:
    client = client_of(app, modes={"inputs.body-limits": mode})
    body = compress(b'{"name": "Ada"}')
    answer = client.post(
        "/json", data=body, content_type="application/json", headers={**HERE, "Content-Encoding": "GZIP"}
    )
    (error,) = errors_of(answer, 415)
    assert (error["in"], error["name"], error["type"]) == ("headers", "content-encoding", "content_encoding")
    assert error["detail"] == "JSON is accepted without a content encoding only."
    assert answer.headers["Accept-Encoding"] == "identity"
    event = seen()[-1]
    assert (event.event, event.control, event.outcome, event.status) == (
        "input_validation_fail:content-encoding",
        "inputs.schemas",
        "refused",
        415,
    )
    assert (event.parameter, event.appsensor) == ("content-encoding", "EE2")


def test_a_body_that_a_hook_decompressed_is_validated_and_judged_as_json(app: Flask) -> None:
    @app.before_request
    def inflate() -> None:
        environ = request.environ
        environ["wsgi.input"] = gzip.GzipFile(fileobj=BytesIO(environ["wsgi.input"].read()))
        environ["wsgi.input_terminated"] = True

    client = client_of(app)
    headers = {**HERE, "Content-Encoding": "gzip"}
    for body, status in ((b'{"name": "Ada"}', 200), (b'{"name": ', 400)):
        data = gzip.compress(body)
        answer = client.post("/json", data=data, content_type="application/json", headers=headers)
        assert answer.status_code == status


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_what_is_not_said_to_be_compressed_is_bad_json(app: Flask, encoding: str) -> None:
    headers = {**HERE, "Content-Encoding": encoding}
    answer = client_of(app).post("/json", data=b"\xff", content_type="application/json", headers=headers)
    assert errors_of(answer, 400)[0]["type"] == "json_invalid"


def test_a_form_of_another_content_type_is_415(app: Flask) -> None:
    assert errors_of(post(app, "/form", {"name": "Ada", "password": "x"}), 415)[0]["in"] == "form"


def test_a_kind_of_json_is_json(app: Flask) -> None:
    client = client_of(app)
    kind = "application/vnd.api+json"
    assert client.post("/json", data=b'{"name": "Ada"}', content_type=kind, headers=HERE).status_code == 200


def test_a_form_is_read_with_numbers_and_lists_and_tokens_taken_out(app: Flask) -> None:
    data = {"name": "Ada", "password": "x", "age": "7", "tags": ["a", "b"], "_garrison_csrf": "t", "csrf_token": "t"}
    answer = client_of(app).post("/form", data=data, headers=HERE)
    assert answer.json == {"name": "Ada", "password": "x", "age": 7, "tags": ["a", "b"]}


def test_the_configured_token_field_of_flask_wtf_is_taken_out(app: Flask) -> None:
    app.config["WTF_CSRF_FIELD_NAME"] = "own_token"
    data = {"name": "Ada", "password": "x", "own_token": "t"}
    assert client_of(app).post("/form", data=data, headers=HERE).status_code == 200


def test_a_multipart_form_and_one_value_for_a_list(app: Flask) -> None:
    data = {"name": "Ada", "password": "x", "tags": "one"}
    answer = client_of(app).post("/form", data=data, content_type="multipart/form-data", headers=HERE)
    assert answer.json["tags"] == ["one"]


@pytest.mark.parametrize(
    ("extra", "control", "kind"),
    [
        ({"is_admin": "1"}, "inputs.mass-assignment", "unknown_key"),
        ({"name": ["Ada", "Eve"]}, "inputs.schemas", "duplicate"),
    ],
)
def test_unknown_and_doubled_fields_of_a_form_are_refused(
    app: Flask, seen: Callable[[], list[SecurityEvent]], extra: dict[str, Any], control: str, kind: str
) -> None:
    answer = client_of(app).post("/form", data={"name": "Ada", "password": "x", **extra}, headers=HERE)
    assert [error["type"] for error in errors_of(answer)] == [kind]
    assert (seen()[-1].control, seen()[-1].appsensor) == (control, "RE5")


def test_a_smuggled_file_is_an_unknown_field(app: Flask) -> None:
    data = {"name": "Ada", "password": "x", "shell": (BytesIO(b"x"), "x.php")}
    assert client_of(app).post("/form", data=data, headers=HERE).status_code == 422


@pytest.mark.parametrize("password", [SECRET, "custom" + SECRET])
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_validator_that_repeats_the_password_is_not_quoted(
    app: Flask, seen: Callable[[], list[SecurityEvent]], accept: str, password: str
) -> None:
    headers = {**HERE, "Accept": accept}
    answer = client_of(app).post("/form", data={"name": "Ada", "password": password}, headers=headers)
    assert answer.status_code == 422
    assert SECRET not in answer.text
    assert not any(SECRET in event.as_json() for event in seen())
    assert seen()[-1].detail["problems"][0]["name"] == "password"  # type: ignore[index]


def test_a_declared_file_is_a_field_of_the_form() -> None:
    class Upload(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        title: str
        avatar: FileStorage

    app = Flask("shop")
    view = validated(form=Upload)(lambda form: f"{form.title} {form.avatar.filename} {form.avatar.read().decode()}")
    app.add_url_rule("/", "upload", view, methods=["POST"])
    client = client_of(app)
    answer = client.post("/", data={"title": "me", "avatar": (BytesIO(b"x"), "a.png")}, headers=HERE)
    assert answer.text == "me a.png x"
    assert client.post("/", data={"title": "me", "avatar": "no file"}, headers=HERE).status_code == 422
    two = [(BytesIO(b"x"), "a.png"), (BytesIO(b"y"), "b.png")]
    assert client.post("/", data={"title": "me", "avatar": two}, headers=HERE).status_code == 422
    assert set(declared_inputs(app)["upload"]["POST"]["form"]["properties"]) == {"title", "avatar"}


def test_a_get_of_a_view_with_a_form_is_called_without_one(app: Flask) -> None:
    answer = client_of(app).get("/form", data={"name": "Ada"})
    assert answer.status_code == 200
    assert answer.json is None


def test_a_browser_gets_a_page(app: Flask) -> None:
    answer = client_of(app).get("/find?page=many", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert "page: A whole number is expected." in answer.text


def test_the_applications_own_handler_renders_the_refusal(app: Flask) -> None:
    app.register_error_handler(422, lambda error: (jsonify([item["name"] for item in error.errors]), 422))
    assert client_of(app).get("/find?page=many").json == ["page"]


def test_unknown_parameters_are_dropped_from_the_query(app: Flask) -> None:
    answer = client_of(app).get("/find?q=tea&utm_source=mail&utm_source=b&tag=a&tag=b")
    assert answer.json == {"q": "tea", "page": 1, "tag": ["a", "b"]}


@pytest.mark.parametrize("text", ["nan", "inf"])
def test_text_that_is_no_number_is_refused(text: str) -> None:
    class Offer(BaseModel):
        price: float

    app = Flask("shop")
    app.add_url_rule("/", view_func=validated(query=Offer)(lambda query: str(query.price)))
    app.add_url_rule("/json", "json", validated(json=Offer)(lambda json: str(json.price)), methods=["POST"])
    client = client_of(app)
    assert errors_of(client.get(f"/?price={text}"))[0]["type"] == "finite_number"
    assert errors_of(client.post("/json", json={"price": text}, headers=HERE))[0]["pointer"] == "/price"
    assert client.get("/?price=1.5").text == "1.5"


def test_strict_query_refuses_them(app: Flask) -> None:
    answer = client_of(app, strict_query=True).get("/find?q=tea&utm_source=mail")
    assert errors_of(answer)[0]["type"] == "unknown_key"


def test_a_doubled_parameter_is_refused(app: Flask) -> None:
    answer = client_of(app).get("/find?page=1&page=2")
    assert [(error["name"], error["type"]) for error in errors_of(answer)] == [("page", "duplicate")]


def test_path_values_are_validated_and_replace_the_arguments() -> None:
    class Where(BaseModel):
        year: int = Field(ge=2000)

    app = Flask("blog")
    app.secret_key = "a key for tests only, long enough to sign with"

    @app.get("/<int:year>/<slug>")
    @validated(path=Where)
    def article(path: Where, slug: str) -> str:
        return f"{path.year} {slug}"

    client = client_of(app)
    assert client.get("/2024/tea").text == "2024 tea"
    answer = client.get("/1999/tea")
    assert errors_of(answer)[0] == {
        "in": "path",
        "name": "year",
        "detail": "Must be at least 2000.",
        "type": "greater_than_equal",
    }


def test_a_path_declared_as_a_type_without_fields_takes_all_of_it() -> None:
    app = Flask("blog")
    app.add_url_rule("/<year>", view_func=validated(path=dict[str, int])(lambda path: str(path)))
    client = client_of(app)
    assert client.get("/2024").text == "{'year': 2024}"
    assert client.get("/x").status_code == 422


def test_every_kind_of_list_takes_all_values() -> None:
    class Many(BaseModel):
        a: Sequence[str] = ()
        b: set[int] = set()
        c: tuple[int, ...] | None = None
        d: Annotated[list[int] | None, Field(max_length=3)] = None

    app = Flask("api")
    app.add_url_rule("/", view_func=validated(query=Many)(lambda query: jsonify(query.model_dump(mode="json"))))
    answer = client_of(app).get("/?a=1&a=2&b=1&b=2&c=1&c=2&d=1&d=2")
    assert answer.json == {"a": ["1", "2"], "b": [1, 2], "c": [1, 2], "d": [1, 2]}


def test_headers_are_read_by_name_and_others_ignored() -> None:
    class Asked(BaseModel):
        model_config = ConfigDict(extra="forbid")
        x_request_id: int
        kind: str = Field(default="", alias="X-Kind")

    app = Flask("api")
    app.add_url_rule("/", view_func=validated(headers=Asked)(lambda headers: f"{headers.x_request_id} {headers.kind}"))
    client = client_of(app)
    assert client.get("/", headers={"X-Request-Id": "7", "X-Kind": "tea"}).text == "7 tea"
    assert errors_of(client.get("/"))[0]["name"] == "x_request_id"


def test_dataclasses_typed_dictionaries_and_annotated_types() -> None:
    from typing_extensions import TypedDict

    @dataclasses.dataclass
    class Point:
        x: int

    class Named(TypedDict):
        name: str

    Few = Annotated[list[Point], Field(max_length=2)]
    app = Flask("api")
    for name, declared in {"point": Point, "named": Named, "few": Few}.items():
        view = validated(json=declared)(lambda json: jsonify(json))
        app.add_url_rule(f"/{name}", name, view, methods=["POST"])
    client = client_of(app)

    def status(path: str, body: object) -> int:
        return client.post(path, json=body, headers=HERE).status_code

    assert [status("/point", {"x": 1}), status("/named", {"name": "a"}), status("/few", [{"x": 1}])] == [200] * 3
    assert [status("/point", {"x": 1, "y": 1}), status("/named", {"name": "a", "b": 1})] == [422] * 2
    extra = client.post("/point", json={"x": 1, "is_admin": 1}, headers=HERE)
    assert [(error["pointer"], error["type"]) for error in errors_of(extra)] == [("", "unknown_key")]
    assert [status("/few", [{"x": 1, "y": 2}]), status("/few", [{"x": 1}] * 3)] == [422] * 2


def test_a_validator_may_rename_keys_and_an_alias_is_known() -> None:
    class Old(BaseModel):
        name: str = Field(validation_alias=AliasChoices("n", "label"))

        @model_validator(mode="before")
        @classmethod
        def _rename(cls, data: Any) -> Any:
            return {("n" if key == "old_name" else key): value for key, value in data.items()}

    app = Flask("api")
    app.add_url_rule("/", view_func=validated(form=Old)(lambda form: form.name), methods=["POST"])
    client = client_of(app)
    for key in ("n", "label", "old_name"):
        assert client.post("/", data={key: "tea"}, headers=HERE).text == "tea"
    assert client.post("/", data={"label": ["a", "b"]}, headers=HERE).status_code == 422
    assert client.post("/", data={"x": "tea", "n": "tea"}, headers=HERE).status_code == 422


def test_a_model_with_its_own_init_must_say_what_it_does_with_the_rest() -> None:
    class Own(BaseModel):
        name: str

        def __init__(self, **values: Any) -> None:
            super().__init__(**values)

    app = Flask("api")
    app.add_url_rule("/", view_func=validated(json=Own)(lambda json: json.name), methods=["POST"])
    assert client_of(app).post("/", json={"name": "a", "x": 1}, headers=HERE).status_code == 500


def test_a_function_may_answer_in_place_of_the_refusal(seen: Callable[[], list[SecurityEvent]]) -> None:
    app = Flask("api")
    view = validated(json=Account, on_error=lambda errors: ({"wrong": [e["pointer"] for e in errors]}, 409))
    app.add_url_rule("/", view_func=view(lambda json: "ok"), methods=["POST"])
    client = client_of(app)
    answer = client.post("/", json={"name": "A"}, headers=HERE)
    assert (answer.status_code, answer.json) == (409, {"wrong": ["/name"]})
    assert seen()[-1].control == "inputs.schemas"
    assert client.post("/", json={"name": "Ada", "is_admin": 1}, headers=HERE).status_code == 422


def test_only_twenty_problems_are_listed() -> None:
    app = Flask("api")
    app.add_url_rule("/", view_func=validated(json=list[int])(lambda json: "ok"), methods=["POST"])
    assert len(errors_of(client_of(app).post("/", json=["x"] * 5000, headers=HERE))) == 20


def test_union_members_are_no_part_of_a_pointer() -> None:
    class Event(BaseModel):
        at: int | list[int]

    app = Flask("api")
    app.add_url_rule("/", view_func=validated(json=Event)(lambda json: "ok"), methods=["POST"])
    answer = client_of(app).post("/", json={"at": "x"}, headers=HERE)
    assert {error["pointer"] for error in errors_of(answer)} == {"/at"}


def test_the_body_can_be_read_by_the_view_too(app: Flask) -> None:
    app.add_url_rule("/raw", "raw", validated(json=Account)(lambda json: request.get_json()), methods=["POST"])
    assert post(app, "/raw", {"name": "Ada"}).json == {"name": "Ada"}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(_VALUES)
def test_any_json_is_answered_and_never_quoted(body: object) -> None:
    app = Flask("shop")
    app.add_url_rule("/", view_func=validated(json=Account)(lambda json: "ok"), methods=["POST"])
    wrapped = {"name": body, "extra-" + SECRET: body, SECRET: SECRET}
    answer = client_of(app).post("/", data=json.dumps(wrapped), content_type="application/json", headers=HERE)
    assert answer.status_code in (400, 422)
    assert SECRET not in answer.text
