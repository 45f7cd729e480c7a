"""No order of decorators, kind of view or missing guard lets a declared view run on what was not validated."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, Response, abort, request
from flask.views import MethodView
from flask_restful import Api, Resource
from pydantic import BaseModel
from werkzeug.test import Client

from flask_garrison import Garrison, PolicyError, validated
from flask_garrison.inputs.schemas import declared_inputs

HERE = {"Sec-Fetch-Site": "same-origin"}
Views = Callable[..., Any]


class Item(BaseModel):
    name: str


class Paging(BaseModel):
    page: int = 1


class Number(BaseModel):
    number: int


def login_required(view: Views) -> Views:
    @functools.wraps(view)
    def wrapper(*positional: Any, **arguments: Any) -> Any:
        if request.headers.get("X-User") != "ada":
            abort(401)
        return view(*positional, **arguments)

    return wrapper


def nameless(view: Views) -> Views:
    """Wrap without functools.wraps, as many home-made decorators do."""

    def wrapper(*positional: Any, **arguments: Any) -> Any:
        return view(*positional, **arguments)

    return wrapper


def forgetful(view: Views) -> Views:
    """Name what it wraps and copy no attribute."""
    return functools.wraps(view, updated=())(lambda *positional, **arguments: view(*positional, **arguments))


def new_app() -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    return app


def below(app: Flask) -> None:
    @app.post("/item")
    @validated(json=Item)
    def item(json: Item) -> str:
        return json.name


def above(app: Flask) -> None:
    @validated(json=Item)
    @app.post("/item")
    def item(json: Item) -> str:
        return json.name


def above_login(app: Flask) -> None:
    @app.post("/item")
    @validated(json=Item)
    @login_required
    def item(json: Item) -> str:
        return json.name


def below_login(app: Flask) -> None:
    @app.post("/item")
    @login_required
    @validated(json=Item)
    def item(json: Item) -> str:
        return json.name


def above_route_and_login(app: Flask) -> None:
    @validated(json=Item)
    @app.post("/item")
    @login_required
    def item(json: Item) -> str:
        return json.name


def around_the_route(app: Flask) -> None:
    @validated(json=Item)
    @app.post("/item")
    @validated(query=Paging)
    def item(json: Item, query: Paging) -> str:
        return json.name * query.page


def under_a_nameless_wrapper(app: Flask) -> None:
    @app.post("/item")
    @nameless
    @validated(json=Item)
    def item(json: Item) -> str:
        return json.name


def under_a_forgetful_wrapper(app: Flask) -> None:
    @app.post("/item")
    @forgetful
    @validated(json=Item)
    def item(json: Item) -> str:
        return json.name


def stacked(app: Flask) -> None:
    @app.post("/item")
    @validated(json=Item)
    @validated(query=Paging)
    def item(json: Item, query: Paging) -> str:
        return json.name * query.page


def a_resource(app: Flask) -> None:
    """Use Flask-RESTful, whose Api replaces the application's own error handling."""

    class Items(Resource):  # type: ignore[misc]
        @validated(json=Item)
        def post(self, json: Item) -> Response:
            return Response(json.name)

    Api(app).add_resource(Items, "/item")


def in_a_blueprint(app: Flask) -> None:
    shop = Blueprint("shop", __name__)

    @validated(json=Item)
    @shop.post("/item")
    def item(json: Item) -> str:
        return json.name

    app.register_blueprint(shop)


def asynchronous(app: Flask) -> None:
    @app.post("/item")
    @validated(json=Item)
    async def item(json: Item) -> str:
        await asyncio.sleep(0)
        return json.name


def asynchronous_above(app: Flask) -> None:
    @validated(json=Item)
    @app.post("/item")
    async def item(json: Item) -> str:
        await asyncio.sleep(0)
        return json.name


def a_method(app: Flask) -> None:
    class Items(MethodView):
        @validated(json=Item)
        def post(self, json: Item) -> str:
            return json.name

    app.add_url_rule("/item", view_func=Items.as_view("item"))


def an_asynchronous_method(app: Flask) -> None:
    class Items(MethodView):
        @validated(json=Item)
        async def post(self, json: Item) -> str:
            return json.name

    app.add_url_rule("/item", view_func=Items.as_view("item"))


def the_decorators_of_a_class(app: Flask) -> None:
    class Items(MethodView):
        decorators = (validated(json=Item), login_required)

        def post(self, json: Item) -> str:
            return json.name

    app.add_url_rule("/item", view_func=Items.as_view("item"))


def the_view_of_a_class(app: Flask) -> None:
    class Items(MethodView):
        def post(self, json: Item) -> str:
            return json.name

    view = Items.as_view("item")
    app.add_url_rule("/item", view_func=view)
    validated(json=Item)(view)


ORDERS = [
    below,
    above,
    above_login,
    below_login,
    above_route_and_login,
    around_the_route,
    under_a_nameless_wrapper,
    under_a_forgetful_wrapper,
    stacked,
    a_resource,
    in_a_blueprint,
    asynchronous,
    asynchronous_above,
    a_method,
    an_asynchronous_method,
    the_decorators_of_a_class,
    the_view_of_a_class,
]


@pytest.mark.parametrize("build", ORDERS, ids=lambda build: build.__name__)
def test_every_order_validates(build: Callable[[Flask], None]) -> None:
    app = new_app()
    build(app)
    Garrison(app)
    client = Client(app)
    headers = {**HERE, "X-User": "ada"}
    for _ in range(2):
        assert client.post("/item", json={"name": "tea"}, headers=headers).text == "tea"
        assert client.post("/item", json={"name": ["tea"]}, headers=headers).status_code == 422
        assert client.post("/item", json={"name": "tea", "is_admin": 1}, headers=headers).status_code == 422


@pytest.mark.parametrize("build", ORDERS, ids=lambda build: build.__name__)
def test_without_garrison_no_order_runs_the_view(build: Callable[[Flask], None]) -> None:
    app = new_app()
    build(app)
    answer = Client(app).post("/item", json={"name": "tea"}, headers={**HERE, "X-User": "ada"})
    assert answer.status_code == 500


@pytest.mark.parametrize("build", [below_login, above_login, above_route_and_login])
def test_a_login_wrapper_keeps_working(build: Callable[[Flask], None]) -> None:
    app = new_app()
    build(app)
    Garrison(app)
    assert Client(app).post("/item", json={"name": "tea"}, headers=HERE).status_code == 401


def test_a_stranger_below_a_login_wrapper_learns_nothing_of_the_schema() -> None:
    app = new_app()
    below_login(app)
    Garrison(app)
    assert Client(app).post("/item", json={}, headers=HERE).status_code == 401


def test_a_part_of_the_path_that_is_declared_twice_is_validated_once() -> None:
    app = new_app()

    @validated(query=Paging)
    @app.get("/<int:number>")
    @validated(path=Number)
    def show(path: Number, query: Paging) -> str:
        return f"{path.number} {query.page}"

    Garrison(app)
    assert Client(app).get("/3?page=2").text == "3 2"


def test_one_function_can_serve_two_views_with_different_schemas() -> None:
    class Other(BaseModel):
        title: str

    def view(json: Any) -> str:
        return type(json).__name__

    app = new_app()
    app.add_url_rule("/a", "a", validated(json=Item)(view), methods=["POST"])
    app.add_url_rule("/b", "b", validated(json=Other)(view), methods=["POST"])
    Garrison(app)
    client = Client(app)
    assert client.post("/a", json={"name": "x"}, headers=HERE).text == "Item"
    assert client.post("/b", json={"title": "x"}, headers=HERE).text == "Other"
    assert client.post("/b", json={"name": "x"}, headers=HERE).status_code == 422


def test_a_view_must_ask_for_what_it_declares() -> None:
    for view in (lambda: "", lambda json=None: "", lambda form: ""):
        with pytest.raises(PolicyError, match="json"):
            validated(json=Item)(view)


def test_a_declaration_that_cannot_work_is_an_error_at_import() -> None:
    with pytest.raises(PolicyError, match="nothing is declared"):
        validated()
    with pytest.raises(PolicyError, match="one body"):
        validated(json=Item, form=Item)
    with pytest.raises(PolicyError, match="on_error"):
        validated(json=Item, on_error="page")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="coroutine"):
        validated(json=Item, on_error=asyncio.sleep)  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="decorators"):
        validated(json=Item)(MethodView)


@pytest.mark.parametrize("build", ORDERS, ids=lambda build: build.__name__)
def test_what_is_declared_can_be_listed(build: Callable[[Flask], None]) -> None:
    app = new_app()
    build(app)
    if build is under_a_nameless_wrapper:
        return
    (methods,) = declared_inputs(app).values()
    assert methods["POST"]["json"]["properties"] == {"name": {"title": "Name", "type": "string"}}


def test_views_without_a_declaration_are_not_listed() -> None:
    app = new_app()
    app.add_url_rule("/plain", "plain", lambda: "plain")
    assert declared_inputs(app) == {}
