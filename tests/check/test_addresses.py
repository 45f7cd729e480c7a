"""Under which addresses routes are asked."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import BaseConverter, ValidationError

from flask_garrison import Garrison
from flask_garrison.check.addresses import Addresses


def view(**_: Any) -> str:
    return ""


def app_with(*rules: str, **config: Any) -> Flask:
    app = Flask("shop", static_folder=None)
    app.config.update(config)
    for number, rule in enumerate(rules):
        app.add_url_rule(rule, f"view{number}", view)
    return app


def url_of(app: Flask, number: int = 0) -> str | None:
    known = Addresses(app)
    address = known.of(known.routes[number])
    return None if address is None else address.url


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("/", "/"),
        ("/about", "/about"),
        ("/items/<int:n>", "/items/1"),
        ("/items/<int(min=7):n>", "/items/7"),
        ("/items/<int(max=0):n>", "/items/0"),
        ("/items/<int(fixed_digits=4):n>", "/items/0001"),
        ("/price/<float:p>", "/price/1.5"),
        ("/by/<name>", "/by/x"),
        ("/in/<string(length=2):lang>", "/in/en"),
        ("/in/<string(length=7):code>", "/in/2024-01"),
        ("/in/<string(minlength=20, maxlength=22):code>", "/in/" + "x" * 20),
        ("/docs/<path:p>", "/docs/x"),
        ("/one/<uuid:u>", "/one/00000000-0000-0000-0000-000000000001"),
        ("/<any(terms, imprint):page>", "/terms"),
        ("/<any('b.c', a):page>", "/b.c"),
        ("/<a>/<int:b>/end/", "/x/1/end/"),
    ],
)
def test_values_are_made_up_that_the_converter_takes(rule: str, path: str) -> None:
    assert url_of(app_with(rule)) == f"https://localhost{path}"


def test_made_up_is_what_has_arguments() -> None:
    known = Addresses(app_with("/", "/<name>"))
    assert [known.of(route).made_up for route in known.routes] == [False, True]  # type: ignore[union-attr]


def test_an_address_that_is_only_a_default_is_not_asked() -> None:
    app = app_with()
    app.add_url_rule("/users/", "users", view, defaults={"page": 1})
    app.add_url_rule("/users/<int:page>", "users", view)
    assert [url_of(app, number) for number in (0, 1)] == ["https://localhost/users/", "https://localhost/users/2"]


def test_one_argument_may_be_a_default_and_the_others_lead_elsewhere() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/list/<kind>", "list", view, defaults={"page": 1})
    app.add_url_rule("/list/<kind>/<int:page>", "list", view)
    app.add_url_rule("/list/1/<int:number>", "one", view)
    assert url_of(app, 1) == "https://localhost/list/x/2"


def test_a_rule_that_only_leads_to_another_is_asked_all_the_same() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/sorted/<by>", "sorted", view, defaults={"page": 1})
    app.add_url_rule("/sorted/<by>/", "sorted", view, defaults={"page": 1})
    assert url_of(app, 1) == "https://localhost/sorted/x/"
    assert app.test_client().get("/sorted/x/").status_code == 308


def test_the_method_tells_routes_of_one_path_apart() -> None:
    app = app_with()
    app.add_url_rule("/a", "read", view)
    app.add_url_rule("/a", "write", view, methods=["POST"])
    known = Addresses(app)
    assert all(known.of(route) is not None for route in known.routes)
    assert known.route_at("https://localhost/a", "POST") is known.routes[1]


def test_a_route_that_another_one_hides_has_no_address() -> None:
    app = app_with("/a")
    app.add_url_rule("/a", "again", view)
    assert url_of(app, 1) is None


class Even(BaseConverter):
    regex = r"\d+"

    def to_python(self, value: str) -> int:
        if int(value) % 2:
            raise ValidationError
        return int(value)


class Known(BaseConverter):
    def to_python(self, value: str) -> str:
        raise RuntimeError("no database")


class Country(BaseConverter):
    def to_python(self, value: str) -> str:
        if value != "en":
            raise ValidationError
        return value


@pytest.mark.parametrize(
    ("converter", "url"),
    [(Even, "https://localhost/2024"), (Country, "https://localhost/en"), (Known, None)],
)
def test_converters_of_the_application(converter: type[BaseConverter], url: str | None) -> None:
    app = app_with()
    app.url_map.converters["own"] = converter
    app.add_url_rule("/<own:value>", "own", view)
    assert url_of(app) == url


@pytest.mark.parametrize(
    ("config", "hosts", "host"),
    [
        ({}, None, "localhost"),
        ({"SERVER_NAME": "shop.example"}, None, "shop.example"),
        ({"SERVER_NAME": "a.example", "TRUSTED_HOSTS": [".shop.example"]}, None, "shop.example"),
        ({"TRUSTED_HOSTS": "shop.example"}, None, "shop.example"),
        ({"TRUSTED_HOSTS": ["a.example"]}, ["www.shop.example"], "www.shop.example"),
    ],
)
def test_the_host_is_a_declared_one(config: dict[str, Any], hosts: list[str] | None, host: str) -> None:
    app = app_with("/", **config)
    if hosts is not None:
        Garrison(app, hosts=hosts)
    assert url_of(app) == f"https://{host}/"


def test_the_mount_point_is_part_of_the_address() -> None:
    app = app_with("/", "/a", APPLICATION_ROOT="/shop")
    assert [url_of(app, 0), url_of(app, 1)] == ["https://localhost/shop/", "https://localhost/shop/a"]


def test_subdomains() -> None:
    app = Flask("shop", subdomain_matching=True, static_folder=None)
    app.config["SERVER_NAME"] = "shop.example"
    app.add_url_rule("/", "api", view, subdomain="api")
    assert url_of(app) == "https://api.shop.example/"


def test_hosts_of_routes() -> None:
    app = Flask("shop", host_matching=True, static_folder=None)
    app.add_url_rule("/", "api", view, host="api.shop.example")
    assert url_of(app) == "https://api.shop.example/"


def test_links_of_pages_replace_what_is_made_up() -> None:
    known = Addresses(app_with("/", "/items/<int:n>", "/by/<name>"))
    page = b"""<a href="/items/42?full=1&amp;a=b#top">x</a> <a href='https://elsewhere.example/by/you'>
        <img src=by/me> <a href="http://[">"""
    known.learn("https://localhost/", page)
    urls = [known.of(route).url for route in known.routes]  # type: ignore[union-attr]
    assert urls == ["https://localhost/", "https://localhost/items/42?full=1&a=b", "https://localhost/by/me"]


def test_addresses_of_the_user_win() -> None:
    known = Addresses(app_with("/items/<int:n>"))
    assert known.name("/items/7?x=1")
    assert not known.name("/thing/7")
    known.learn("https://localhost/", b'<a href="/items/42">')
    assert known.of(known.routes[0]).url == "https://localhost/items/7?x=1"  # type: ignore[union-attr]


@given(st.binary(max_size=300))
def test_no_page_is_too_odd_to_learn_from(body: bytes) -> None:
    Addresses(app_with("/", "/<path:p>")).learn("https://localhost/", b'<a href="' + body)
