"""GraphQL views are asked what they were given."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort, session
from flask.views import View

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

PAGE, SCHEMA = "assessment.graphiql", "assessment.graphql-introspection"


class GraphQLView(View):
    """A view with the settings of graphql-server and Flask-GraphQL, which no longer work with this Flask."""

    methods = ["GET", "POST"]  # noqa: RUF012
    schema: Any = None
    graphiql = False
    validation_rules: Any = None

    def __init__(self, **settings: Any) -> None:
        vars(self).update(settings)

    def dispatch_request(self) -> str:
        return "{}"


class NoSchemaIntrospectionCustomRule:
    pass


def with_view(view: Any, **settings: Any) -> Flask:
    app = make()
    app.add_url_rule("/graphql", view_func=view.as_view("graphql", **settings))
    return app


def said(rule: str, app: Flask) -> list[str]:
    found = of_app(rule, app)
    assert found is not None
    return [one.title for one in found if isinstance(one, Match)]


def test_a_page_and_a_schema_for_everybody_are_found() -> None:
    app = with_view(GraphQLView, schema=object(), graphiql=True)
    assert said(PAGE, app) == ["graphql shows a page for queries"]
    assert said(SCHEMA, app) == ["graphql tells its schema to everybody"]


def test_a_view_without_page_or_introspection_is_none() -> None:
    app = with_view(GraphQLView, schema=object(), validation_rules=[NoSchemaIntrospectionCustomRule])
    assert said(PAGE, app) == said(SCHEMA, app) == []


def test_a_view_for_known_users_is_none() -> None:
    app = with_view(GraphQLView, schema=object(), graphiql=True)

    @app.before_request
    def only_users() -> None:
        if "user" not in session:
            abort(403)

    assert said(PAGE, app) == said(SCHEMA, app) == []


def test_strawberry_shows_its_page_by_default() -> None:
    strawberry = pytest.importorskip("strawberry", reason="strawberry-graphql is not installed")
    views = pytest.importorskip("strawberry.flask.views", reason="strawberry-graphql is not installed")
    from strawberry.extensions import DisableIntrospection

    @strawberry.type
    class Query:
        @strawberry.field
        def name(self) -> str:
            return "shop"

    app = with_view(views.GraphQLView, schema=strawberry.Schema(query=Query))
    assert said(PAGE, app) == ["graphql shows a page for queries"]
    assert said(SCHEMA, app) == ["graphql tells its schema to everybody"]
    closed = strawberry.Schema(query=Query, extensions=[DisableIntrospection])
    careful = with_view(views.GraphQLView, schema=closed, graphql_ide=None)
    assert said(PAGE, careful) == said(SCHEMA, careful) == []


def test_without_graphql_there_is_nothing_to_look_at() -> None:
    assert of_app(PAGE, make()) is of_app(SCHEMA, make()) is None
