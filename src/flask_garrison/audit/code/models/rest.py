"""Views that extensions register: resources, exposed methods, resolvers, handlers of sockets and of an OpenAPI file."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from ..entries import Entry, register
from ..values.objects import Bound, Class, Function, Partial
from ..values.taint import ALL, TEXT, Use, without
from ..values.value import UNKNOWN, Value
from .flask_app import APP
from .registry import alias, on_call, on_decorator, on_definition

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

_VALIDATED: Final = without(ALL, Use.FIELDS | Use.OBJECT | Use.NOSQL)
"""What a schema let through: its values are texts of the client's still, its names are not."""

alias(
    {
        "flask_restful.Resource": "flask.views.MethodView",
        "flask_restx.Resource": "flask.views.MethodView",
        "flask_restplus.Resource": "flask.views.MethodView",
        "flask_restx.reqparse.RequestParser()": "flask_restful.reqparse.RequestParser()",
        "flask_restplus.reqparse.RequestParser()": "flask_restful.reqparse.RequestParser()",
        "flask_restx.Namespace().parser()": "flask_restful.reqparse.RequestParser()",
        "flask_restx.Api().parser()": "flask_restful.reqparse.RequestParser()",
    }
)


def sent(machine: Machine, value: Value, taint: int, *, is_all: bool, besides: tuple[str, ...] = ()) -> None:
    """Note that a library fills parameters of a function with what the client sent: the first, or all of them."""
    for function in _functions(value):
        machine.notes.setdefault("sent", {})[function.node] = (taint, is_all, besides)


def _functions(value: Value) -> list[Function]:
    found: list[Function] = []
    for ref in value.refs:
        if isinstance(ref, Function):
            found.append(ref)
        elif isinstance(ref, (Bound, Partial)):
            found += _functions(ref.function)
    return found


# --- resources -----------------------------------------------------------------------------------------------------


@on_call("?.add_resource", "flask_restful.Api().add_resource", "flask_restx.Api().add_resource")
def add_resource(call: Call) -> Value:
    """``api.add_resource(Users, "/users", "/people")``."""
    view = call.arg(0, "resource")
    if view is not None and any(isinstance(ref, Class) for ref in view.refs):
        rules = [text for value in call.args[1:] for text in value.texts()] or [""]
        for rule in rules:
            register(call.machine, Entry(view, call.node, call.source, "route", rule, call=call))
    return UNKNOWN


@on_call("?.representation", "flask_restful.Api().representation", "flask_restx.Api().representation")
def representation(call: Call) -> Value:
    """``@api.representation("text/html")``: what its resources return need not become JSON."""
    kind = call.arg(0, "mediatype")
    if kind is None or not kind.is_only("application/json"):
        call.machine.notes["representations"] = True
    return UNKNOWN


@on_call("?.register")
def registered(call: Call) -> Value | None:
    """``Users.register(app)`` of Flask-Classful: each public method is a view."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Class) and any(base.endswith("FlaskView") for base in ref.library_bases()):
            for name, member in ref.scope.payload.items():
                if not name.startswith("_") and _functions(member):
                    rule = f"/{ref.name.removesuffix('View').lower()}/{name}"
                    register(call.machine, Entry(member, call.node, call.source, "route", rule, _verb(name), call))
            return UNKNOWN
    return None


def _verb(name: str) -> tuple[str, ...]:
    return (name.upper(),) if name in ("get", "post", "put", "patch", "delete") else ()


@on_call(
    *(
        f"{package}.{name}"
        for package in (
            "flask_appbuilder",
            "flask_appbuilder.api",
            "flask_appbuilder.baseviews",
            "flask_admin",
            "flask_admin.base",
        )
        for name in ("expose", "expose_api")
    )
)
def expose(call: Call) -> Value:
    """``@expose("/list", methods=["GET"])`` on a method."""
    return Value(path="@expose", derived=("route", UNKNOWN, call))


@on_decorator("@expose")
def exposed(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value:
    """The method becomes a view, once its class is made: with the decorators above this one, whatever their order."""
    call: Call = decorator.derived[2] if decorator.derived is not None else None  # type: ignore[assignment]
    entry = Entry.of_route(call, value, node)
    register(machine, entry)
    machine.notes.setdefault("exposed", []).append(entry)
    return value


_API: Final = "flask_appbuilder.api.BaseApi()"
_APIS: Final = ("BaseApi", "ModelRestApi", "api.ModelRestApi", "api.BaseModelApi")
alias({f"flask_appbuilder.{name}()": _API for name in _APIS})


@on_call(f"{_API}.response", *(f"{_API}.response_{status}" for status in (400, 401, 403, 404, 422, 500)))
def api_response(call: Call) -> Value | None:
    """``self.response(200, result=...)`` of Flask-AppBuilder: JSON."""
    from .flask_answers import jsonify

    return jsonify(call)


# --- arguments that a schema let through ---------------------------------------------------------------------------


@on_decorator(
    f"{APP}.arguments()",
    "?.arguments()",
    "?.use_args()",
    "webargs.flaskparser.use_args()",
    "apiflask.APIFlask().input()",
    "?.input()",
)
def takes_arguments(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> None:
    """``@blueprint.arguments(Schema)``: the first parameter is what the schema let through."""
    sent(machine, value, _VALIDATED, is_all=False)


@on_decorator("?.use_kwargs()", "webargs.flaskparser.use_kwargs()")
def takes_keywords(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> None:
    """``@use_kwargs({"name": fields.Str()})``: each parameter is what the schema let through."""
    sent(machine, value, TEXT, is_all=True)


_PARSER: Final = "flask_restful.reqparse.RequestParser()"
_CLEAN: Final = ("int", "float", "bool")


@on_call(f"{_PARSER}.add_argument")
def add_argument(call: Call) -> Value:
    """``parser.add_argument("page", type=int)``."""
    name = call.arg(0, "name")
    if name is not None and name.known and call.receiver is not None:
        kind, choices = call.arg(None, "type"), call.arg(None, "choices")
        is_clean = choices is not None or (kind is not None and (kind.path in _CLEAN or "inputs." in kind.path))
        taint = Use.CLIENT if is_clean else TEXT
        fields = call.machine.notes.setdefault("parsers", {}).setdefault(call.receiver, {})
        fields[str(name.constant).lstrip("-")] = taint
    return call.receiver if call.receiver is not None else UNKNOWN


@on_call(f"{_PARSER}.parse_args", "?.parse_args")
def parse_args(call: Call) -> Value | None:
    """``parser.parse_args()``: a mapping of the arguments, each of its type."""
    from ..values.objects import Mapping
    from .support import client

    fields: dict[str, int] = call.machine.notes.get("parsers", {}).get(call.receiver, {})
    if not call.path.startswith("flask_restful.") and not fields:
        return None
    held = {
        name: client(call.machine, call.node, f"argument {name}", name, taint=taint) for name, taint in fields.items()
    }
    return Value(refs=(Mapping(held),)) if held else client(call.machine, call.node, "arguments", taint=TEXT)


# --- sockets -------------------------------------------------------------------------------------------------------


@on_decorator("flask_socketio.SocketIO().on()", "flask_socketio.SocketIO().event", "flask_sock.Sock().route()")
def socket_handler(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> None:
    """``@socketio.on("message")``: what arrives is the client's."""
    sent(machine, value, ALL, is_all=True)
    register(machine, Entry(value, node, machine.frame.source, kind="socket"))


@on_call("flask_socketio.SocketIO().on_event")
def on_event(call: Call) -> Value:
    """``socketio.on_event("message", handler)``."""
    handler = call.arg(1, "handler")
    if handler is not None and handler.refs:
        sent(call.machine, handler, ALL, is_all=True)
        register(call.machine, Entry(handler, call.node, call.source, kind="socket"))
    return UNKNOWN


# --- GraphQL -------------------------------------------------------------------------------------------------------

_FIELDS: Final = ("field", "mutation", "subscription")


@on_decorator(
    *(f"strawberry.{name}{end}" for name in _FIELDS for end in ("", "()")),
    *(f"ariadne.{kind}().field()" for kind in ("QueryType", "MutationType", "ObjectType", "SubscriptionType")),
)
def resolver(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> None:
    """A resolver: its arguments are the client's."""
    _of_graphql(machine, value, node)


def _of_graphql(machine: Machine, value: Value, node: ast.AST) -> None:
    if _functions(value):
        sent(machine, value, ALL, is_all=True, besides=_context(value))
        register(machine, Entry(value, node, machine.frame.source, kind="graphql"))


def _context(value: Value) -> tuple[str, ...]:
    """Return the parameters that GraphQL fills itself: the object and what it knows of the request."""
    for function in _functions(value):
        names = [one.arg for one in function.node.args.args]
        return tuple(names[:2]) if names[1:2] in (["info"], ["_info"], ["context"]) else ()
    return ()


@on_definition("graphene.ObjectType", "graphene.Mutation", "graphene.relay.ClientIDMutation")
def graphene_class(machine: Machine, cls: Class) -> None:
    """``resolve_user(root, info, name)`` and ``mutate(root, info, name)``."""
    for name, value in cls.scope.payload.items():
        if name.startswith("resolve_") or name in ("mutate", "mutate_and_get_payload"):
            _of_graphql(machine, value, cls.node)


# --- OpenAPI -------------------------------------------------------------------------------------------------------

_OPERATION: Final = re.compile(r"""["']?operationId["']?\s*:\s*["']?([\w.]+)""")


@on_call(
    "connexion.App().add_api",
    "connexion.FlaskApp().add_api",
    "connexion.AsyncApp().add_api",
    "connexion.FlaskApp().app.add_api",
)
def add_api(call: Call) -> Value:
    """``app.add_api("openapi.yaml")``: ``operationId`` names the functions."""
    named = call.arg(0, "specification")
    for text in named.texts() if named is not None else ():
        for place in (call.source.path.parent / text, *call.source.path.parent.glob(f"*/{text}")):
            if place.suffix in (".yaml", ".yml", ".json") and place.is_file() and place.stat().st_size < 2_000_000:
                for operation in dict.fromkeys(_OPERATION.findall(place.read_text("utf-8", errors="replace"))):
                    _of_openapi(call, operation)
                break
    return UNKNOWN


def _of_openapi(call: Call, operation: str) -> None:
    module_name, _, name = operation.rpartition(".")
    loader = call.machine.loader
    full = call.machine.modules.resolve(module_name, call.source) or module_name
    module = loader.module(full)
    if module is None:
        return
    loader.ensure(call.machine, module)
    value: Value | None = module.scope.payload.get(name)
    if value is not None and _functions(value):
        sent(call.machine, value, ALL, is_all=True)
        register(call.machine, Entry(value, call.node, call.source, "route", call=None))
