"""GraphQL: the page to try queries, and the schema that tells everybody what there is."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import Parameter, signature
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import asks
from ...facts.layers import closure_of, layers
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

PAGE = Rule(
    id="assessment.graphiql",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(489, 749),
    asvs=("V4.3.2", "V15.2.3"),
    title="The page for trying GraphQL queries is open to everybody",
    why="GraphiQL is a tool for developers: it completes every type and field, and sends queries with the visitor's "
    "cookies. It is on by default in some libraries.",
    fix="Turn it off in what is deployed.",
    before='GraphQLView.as_view("graphql", schema=schema, graphiql=True)',
    after='GraphQLView.as_view("graphql", schema=schema, graphiql=app.debug)',
    guard="Its Content-Security-Policy keeps the page's scripts from other hosts from running.",
    language="python",
    items=(137,),
)

INTROSPECTION = Rule(
    id="assessment.graphql-introspection",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(200,),
    asvs=("V4.3.2",),
    title="The GraphQL schema is told to everybody who asks",
    why="Introspection lists every type, field and mutation, those that no page uses included. For an interface that "
    "is public that is its purpose; for one that is not it is a map.",
    fix="Refuse introspection, by a validation rule or an extension of the schema; where the interface is public, "
    "ignore this finding in garrison.toml with that as the reason.",
    before="schema = strawberry.Schema(query=Query)",
    after="schema = strawberry.Schema(query=Query, extensions=[DisableIntrospection])",
    guard="Nothing: queries are the application's.",
    language="python",
    items=(137,),
)


class _View:
    """A view of GraphQL with what it is given at each request."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.kind = route.view.view_class
        self.settings: dict[str, Any] = {}
        for layer in layers(route.view):
            self.settings |= closure_of(layer).get("class_kwargs") or {}
            instance = closure_of(layer).get("self")
            if isinstance(instance, self.kind):
                self.settings = {**vars(instance), **self.settings}

    def get(self, name: str) -> Any:
        """Return a setting as the view sees it: given, else of its class or of its constructor."""
        if name in self.settings:
            return self.settings[name]
        parameter = signature(self.kind.__init__).parameters.get(name)
        default = None if parameter is None or parameter.default is Parameter.empty else parameter.default
        return getattr(self.kind, name, default)


def _views(inspected: Inspected) -> list[_View]:
    routes = (route for route in inspected.routes if getattr(route.view, "view_class", None) is not None)
    found = [_View(route) for route in routes]
    return [view for view in found if view.get("schema") is not None and "graphql" in view.kind.__name__.lower()]


def _has_views(inspected: Inspected) -> bool:
    return bool(_views(inspected))


@checks(PAGE, reads="app", needs=_has_views)
def page(inspected: Inspected) -> Iterator[Match]:
    """Ask each view whether it shows the page: Strawberry names the tool, others have a switch."""
    for view in _views(inspected):
        shown = view.get("graphql_ide") or view.get("graphiql")
        if shown and "GET" in view.route.methods and not asks(inspected.app, view.route, "GET"):
            evidence = (Evidence("config", f"{view.kind.__name__} at {view.route.rule} shows its page"),)
            yield Match(f"{view.route.endpoint} shows a page for queries", route=view.route.rule, evidence=evidence)


@checks(INTROSPECTION, reads="app", needs=_has_views)
def introspection(inspected: Inspected) -> Iterator[Match]:
    """Look for what refuses it: an extension of the schema, or a rule of the view."""
    for view in _views(inspected):
        refusing = [*(view.get("validation_rules") or ()), *(getattr(view.get("schema"), "extensions", None) or ())]
        names = {getattr(one, "__name__", type(one).__name__).lower() for one in refusing}
        if not any("introspection" in name for name in names) and not asks(inspected.app, view.route, "POST"):
            yield Match(f"{view.route.endpoint} tells its schema to everybody", route=view.route.rule)
