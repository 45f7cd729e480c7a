"""``assert_guarded``: guarded passes, and each control that is switched off fails with its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, abort
from flask.views import MethodView

from flask_garrison import Garrison, Policy, view_policy
from flask_garrison.testing import assert_guarded

KEY = "6f1d8c0b2a94e7355d0e9bb1c47fa862"
PROVED = [
    "inputs.csrf",
    "headers.nosniff",
    "headers.referrer-policy",
    "headers.csp",
    "headers.framing",
    "headers.cookies",
    "transport.https-only",
    "transport.hsts",
]


def make(key: str = KEY, policy: Policy | None = None, **settings: Any) -> Flask:
    app = Flask("shop")
    app.config.update(SECRET_KEY=key, TESTING=True)
    app.calls = []  # type: ignore[attr-defined]
    for rule, endpoint, methods in (
        ("/", "index", ["GET"]),
        ("/buy/<int:number>", "buy", ["GET", "POST", "DELETE"]),
        ("/ready", "ready", ["GET"]),
    ):
        app.add_url_rule(rule, endpoint, lambda **values: app.calls.append(values) or "ran", methods=methods)
    app.before_request(lambda: app.calls.append("hook"))
    Garrison(app, policy, **settings)
    return app


def message(app: Flask, **options: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        assert_guarded(app, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "policy", [Policy(), Policy(hosts=("shop.example",)), Policy.strict(hosts=("shop.example",)), Policy.api()]
)
def test_a_guarded_app_passes_and_no_view_or_hook_ran(policy: Policy) -> None:
    app = make(policy=policy)
    views = dict(app.view_functions)
    assert_guarded(app)
    assert app.calls == []  # type: ignore[attr-defined]
    assert app.view_functions == views
    assert app.config.get("PROPAGATE_EXCEPTIONS") is None
    app.test_client().get("/")
    assert app.calls == ["hook", {}]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["off", "observe"])
@pytest.mark.parametrize("control", PROVED)
def test_each_control_that_does_not_act_fails_with_its_name(control: str, mode: str) -> None:
    text = message(make(modes={control: mode}))
    assert f"\n{control}: " in text
    assert control in text.split("mend: ", 1)[1]


@pytest.mark.parametrize("mode", ["off", "observe"])
def test_declared_hosts_are_proved(mode: str) -> None:
    text = message(make(hosts=["shop.example"], modes={"transport.hosts": mode}))
    assert "transport.hosts: GET /: Host: evil.example reached the view" in text


def test_an_app_without_garrison_fails() -> None:
    assert message(Flask("bare")) == "bare is not guarded at all; mend: Garrison(app)"


def test_every_method_of_a_route_is_listed() -> None:
    text = message(make(modes={"inputs.csrf": "off"}))
    assert "inputs.csrf: POST /buy/<int:number>" in text
    assert "inputs.csrf: DELETE /buy/<int:number>" in text


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("allow_insecure_csrf", "inputs.csrf: POST /buy/<int:number>"),
        ("allow_insecure_http", "transport.https-only: DELETE /buy/<int:number>"),
        ("allow_insecure_inline_scripts", "every inline script runs"),
        ("allow_insecure_inline_handlers", "inline event handlers run"),
        ("allow_insecure_eval", "strings become code"),
    ],
)
def test_a_route_on_an_insecure_list_must_be_named_with_a_reason(setting: str, words: str) -> None:
    app = make(**{setting: ["buy"]})
    assert words in message(app)
    assert_guarded(app, except_for={"buy": "signed by the payment provider"})
    assert "needs a reason" in message(app, except_for={"buy": " "})


def test_an_exception_that_nothing_needs_is_an_error() -> None:
    assert "'index' is not needed" in message(make(), except_for={"index": "old"})


def test_debug_is_a_hole() -> None:
    app = make()
    app.debug = True
    assert "assessment.debug: app.debug: debug is on" in message(app)


@pytest.mark.parametrize("key", ["dev", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_key_is_a_hole_and_is_not_shown(key: str) -> None:
    text = message(make(key=key))
    assert "access.secret-key: SECRET_KEY" in text
    assert f" {key}" not in text


def test_an_error_page_that_shows_the_inside_is_a_hole() -> None:
    app = make(modes={"assessment.error-pages": "off"})
    app.register_error_handler(500, lambda error: (f"it was {error.original_exception!r}", 500))
    assert "assessment.error-pages" in message(app)


def test_a_rule_that_cannot_be_asked_is_said() -> None:
    app = make()

    class Nothing(app.url_map.converters["string"]):  # type: ignore[misc,name-defined]
        regex = "nothing-else"

        def to_python(self, value: str) -> str:
            return abort(404)

    app.url_map.converters["nothing"] = Nothing
    app.add_url_rule("/x/<nothing:name>", "x", lambda name: name, methods=["POST"])
    assert "/x/<nothing:name>: not checked" in message(app)
    assert_guarded(app, except_for={"/x/<nothing:name>": "tested by hand"})


def test_static_files_are_proved_too(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    app = Flask("shop", static_folder=str(tmp_path))
    app.config["SECRET_KEY"] = KEY
    Garrison(app, modes={"headers.nosniff": "off"})
    assert "headers.nosniff: a static file (200)" in message(app)


def test_classes_coroutines_and_blueprints_are_replaced_as_well() -> None:
    calls: list[str] = []

    class Basket(MethodView):
        @view_policy(allow_insecure_csrf=True)
        def post(self) -> str:
            calls.append("post")
            return "done"

    async def later() -> str:
        calls.append("later")
        return "done"

    app, shop = Flask("shop"), Blueprint("shop", "shop", url_prefix="/shop")
    app.config["SECRET_KEY"] = KEY
    shop.add_url_rule("/basket", view_func=Basket.as_view("basket"))
    shop.add_url_rule("/static", "static", later, methods=["GET", "POST"])
    app.register_blueprint(shop)
    Garrison(app)
    text = message(app)
    assert "inputs.csrf: POST /shop/basket: a request of https://evil.example reached the view" in text
    assert text.startswith("shop is not guarded (1)")
    assert_guarded(app, except_for={"shop.basket": "a webhook that is signed"})
    assert calls == []
