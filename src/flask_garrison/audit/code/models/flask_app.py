"""Applications and blueprints of Flask: routes, hooks, error handlers, commands."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..entries import Entry, register
from ..values.objects import Bound, Class, Function, Mapping, Partial, Record
from ..values.value import UNKNOWN, Value
from .registry import MODELS, alias, on_attribute, on_call, on_decorator

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

APP = "flask.Flask()"
_VERBS = ("get", "post", "put", "patch", "delete")
_HOOKS = (
    "before_request",
    "before_app_request",
    "before_first_request",
    "after_request",
    "after_app_request",
    "url_value_preprocessor",
    "teardown_request",
    "context_processor",
    "app_context_processor",
    "template_filter",
    "app_template_filter",
    "template_global",
    "app_template_global",
    "app_errorhandler",
    "errorhandler",
)

alias(
    {
        "flask.app.Flask()": APP,
        "flask.Blueprint()": APP,
        "flask.blueprints.Blueprint()": APP,
        "flask_openapi3.OpenAPI()": APP,
        "flask_openapi3.APIBlueprint()": APP,
        "flask_smorest.Blueprint()": APP,
        "quart.Quart()": APP,
        "quart.Blueprint()": APP,
        "connexion.FlaskApp().app": APP,
        "flask.current_app": APP,
        "flask.current_app._get_current_object()": APP,
        "flask.globals.current_app": APP,
        "flask.g": "flask.g",
        "flask.globals.g": "flask.g",
        "flask.globals.session": "flask.session",
    }
)


@on_call(
    "flask.Flask",
    "flask.app.Flask",
    "flask.Blueprint",
    "flask.blueprints.Blueprint",
    "flask_smorest.Blueprint",
    "flask_openapi3.OpenAPI",
    "flask_openapi3.APIBlueprint",
    "quart.Quart",
    "quart.Blueprint",
)
def made(call: Call) -> Value:
    """An application or a blueprint, which knows how it was made."""
    kind = "blueprint" if "Blueprint" in call.path else "application"
    return Value(path=APP, derived=(kind, UNKNOWN, call))


@on_call(f"{APP}.register_blueprint", "?.register_blueprint")
def blueprint_registered(call: Call) -> Value:
    """``app.register_blueprint(orders, url_prefix="/orders")``."""
    given = call.arg(0, "blueprint")
    if given is not None:
        call.machine.notes.setdefault("blueprints", []).append((call.receiver or UNKNOWN, given, call))
    return UNKNOWN


@on_attribute(*(f"{APP}.{hook}" for hook in _HOOKS))
def hook_of(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``@orders.before_request``: a decorator that knows whose it is."""
    return Value(path=path, derived=("hook", value, None))


@on_call(f"{APP}.route", "?.route", *(f"{APP}.{verb}" for verb in _VERBS))
def route(call: Call) -> Value | None:
    """``@app.route("/users/<int:id>")``: returns the decorator."""
    rule = call.arg(0, "rule")
    if call.path == "?.route" and not (rule is not None and rule.texts() and rule.texts()[0].startswith(("/", "<"))):
        return None
    return Value(path=f"{APP}.route()", derived=("route", call.receiver or UNKNOWN, call))


@on_decorator(f"{APP}.route()")
def routed(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value:
    """A function becomes a view."""
    call: Call = decorator.derived[2] if decorator.derived is not None else None  # type: ignore[assignment]
    register(machine, Entry.of_route(call, value, node))
    return value


@on_call(f"{APP}.route()")
def routed_by_call(call: Call) -> Value | None:
    """``app.route("/")(view)``."""
    view = call.arg(0)
    if view is None or call.callee is None or call.callee.derived is None:
        return UNKNOWN
    return routed(call.machine, call.callee, view, call.node)


@on_call(f"{APP}.add_url_rule", "?.add_url_rule")
def add_url_rule(call: Call) -> Value:
    """``app.add_url_rule("/", view_func=view)``."""
    view = call.arg(2, "view_func")
    if view is not None:
        register(call.machine, Entry.of_route(call, view, call.node))
    return UNKNOWN


@on_call("?.as_view", "flask.views.View.as_view", "flask.views.MethodView.as_view")
def as_view(call: Call) -> Value | None:
    """``Users.as_view("users")``: stands for the class."""
    if call.receiver is None or not any(isinstance(ref, Class) for ref in call.receiver.refs):
        return None
    return Value(path="@as_view", derived=("as_view", call.receiver, call))


@on_decorator(
    *(f"{APP}.{hook}" for hook in _HOOKS),
    *(f"{APP}.{hook}()" for hook in _HOOKS),
    *(f"?.{hook}" for hook in _HOOKS),
)
def hooked(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value:
    """A function is run around requests."""
    name = decorator.path.rpartition(".")[2].removesuffix("()")
    if name.endswith("context_processor"):
        machine.context_processors.append(value)
    if "template_" in name:
        _register_for_templates(machine, decorator, value, name)
    call: Call | None = decorator.derived[2] if decorator.derived is not None else None
    owner = decorator.derived[1] if decorator.derived is not None else UNKNOWN
    register(machine, Entry(value, node, machine.frame.source, kind=name, call=call, receiver=owner))
    return value


def _register_for_templates(machine: Machine, decorator: Value, value: Value, name: str) -> None:
    """Note a filter or a global of templates under its name."""
    call: Call | None = decorator.derived[2] if decorator.derived is not None else None
    given = call.arg(0, "name") if call is not None else None
    table = machine.template_filters if name.endswith("filter") else machine.template_globals
    for ref in value.refs:
        word = given.texts()[0] if given is not None and given.texts() else getattr(ref, "name", "")
        table[word.rpartition(".")[2]] = value


@on_call(*(f"{APP}.{hook}" for hook in _HOOKS), *(f"?.{hook}" for hook in _HOOKS))
def hook_call(call: Call) -> Value:
    """``app.before_request(function)``, or the decorator with arguments."""
    name = call.path.rpartition(".")[2]
    function = call.arg(0)
    if function is not None and any(isinstance(ref, (Function, Bound, Partial)) for ref in function.refs):
        owner = call.receiver or UNKNOWN
        register(call.machine, Entry(function, call.node, call.source, kind=name, receiver=owner))
        return function
    return Value(path=f"{APP}.{name}()", derived=("hook", call.receiver or UNKNOWN, call))


@on_call(f"{APP}.register_error_handler", "?.register_error_handler")
def error_handler(call: Call) -> Value:
    """``app.register_error_handler(404, function)``."""
    function = call.arg(1)
    if function is not None and function.refs:
        register(call.machine, Entry(function, call.node, call.source, kind="errorhandler", call=call))
    return UNKNOWN


@on_attribute("flask.g")
def request_globals(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``flask.g`` where the package was imported."""
    return globals_of(machine)


def globals_of(machine: Machine) -> Value:
    """Return the one object that ``flask.g`` is for the request."""
    found = machine.reads.get("flask.g")
    if found is None:
        found = machine.lasting.setdefault("flask.g", Value(path="flask.g", refs=(Record(),)))
    return found


@on_attribute(f"{APP}.config")
def config(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The configuration: one mapping for the whole project."""
    return machine.lasting.setdefault("config", Value(path=f"{APP}.config", refs=(Mapping({}, UNKNOWN),)))


MODELS.lasting["flask.g"] = globals_of
