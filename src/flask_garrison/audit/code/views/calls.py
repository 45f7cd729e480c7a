"""Calls on a walk: functions of the project are gone through, those of libraries are known by name."""

from __future__ import annotations

import ast
from typing import Final

from ..values.objects import Class, Function
from . import happenings as happened
from .effects import change_of
from .expressions import evaluate, is_session, of_session, used
from .library import arguments_of, checked, stored, validated
from .project import can_refuse, dotted, is_form, is_schema, parameters
from .traits import (
    BODY,
    CLIENT,
    COUNTER,
    FORM,
    IDENTITY,
    NONE,
    OWNED,
    PASSWORD,
    entity,
)
from .vocabulary import (
    AUTHORISES,
    COUNTS,
    KEY_HEADERS,
    OWNER,
    PROVES,
    SIGNS_IN,
)
from .walk import UNKNOWN, Given, Known, Walk, bind

_STOPS: Final = frozenset({"abort", "exit", "abort_json", "error_abort"})
_NUMBERS: Final = frozenset(
    {"int", "float", "bool", "Decimal", "UUID", "fromisoformat", "strptime", "len", "date", "strtobool", "parse_date"}
)
_OF_REQUEST: Final = (
    "request.form.",
    "request.json.",
    "request.args.",
    "request.values.",
    "request.headers.",
    "request.cookies.",
    "request.files.",
)


def call(walk: Walk, node: ast.Call) -> Known:
    """Return what is known of what a call returns."""
    special = _of_request(walk, node) or _of_session(walk, node)
    if special is not None:
        return special
    given = _given(walk, node)
    function = walk.frame.function
    callees = walk.project.callees(node, function, parameters(function))
    cls = walk.project.class_of(node.func, function) if not isinstance(node.func, ast.Call) else None
    if cls is not None:
        return _made(walk, node, cls, given)
    if callees:
        return _followed(walk, node, callees, given)
    return _library(walk, node, given)


def _given(walk: Walk, node: ast.Call) -> Given:
    receiver = evaluate(walk, node.func.value) if isinstance(node.func, ast.Attribute) else UNKNOWN
    positional, keywords, rest = [], {}, None
    for argument in node.args:
        value = evaluate(walk, argument.value if isinstance(argument, ast.Starred) else argument)
        if isinstance(argument, ast.Starred):
            rest = Known((rest.traits if rest else NONE) | value.traits)
        else:
            positional.append(value)
    for keyword in node.keywords:
        value = evaluate(walk, keyword.value)
        if keyword.arg is not None:
            if IDENTITY in value.traits and OWNER.search(keyword.arg):
                value = Known(value.traits | {OWNED}, value.constant)
            keywords[keyword.arg] = value
        else:
            rest = Known((rest.traits if rest else NONE) | value.traits)
    return Given(receiver, positional, keywords, rest)


# --- the project's own ---------------------------------------------------------------------------------------------


def _followed(walk: Walk, node: ast.Call, callees: tuple[Function, ...], given: Given) -> Known:
    traits, constants, returns = NONE, [], False
    mark = len(walk.happenings)
    for callee in callees:
        value, comes_back = walk.run(callee, bind(walk, callee, given))
        traits = traits | value.traits
        constants.append(value.constant)
        returns = returns or comes_back
    if not returns:
        walk.stopped = True
    name = _last(node)
    if AUTHORISES.search(name) and PROVES.search(name) and any(map(can_refuse, callees)):
        walk.note(happened.AUTHORISED, node, arguments_of(given), name)
    if COUNTS.search(name):
        traits = traits | {COUNTER}
    if any(one.kind == happened.VERIFIED for one in walk.happenings[mark:]):
        traits = traits | {PASSWORD}
    return Known(traits, constants[0]) if len(callees) == 1 else Known(traits)


def _made(walk: Walk, node: ast.Call, cls: Class, given: Given) -> Known:
    """Return what is known of a new object: a form, a schema, a model with what it is given."""
    arguments = arguments_of(given)
    for function in getattr(node, "callees", ()):
        walk.run(function, bind(walk, function, given))
    if is_form(cls):
        return Known(frozenset({FORM, entity(cls.name)}))
    if is_schema(cls):
        if BODY in arguments:
            walk.note(happened.VALIDATED, node, arguments, cls.name)
        return Known((arguments - {BODY}) | {entity(f"schema {cls.name}")})
    if OWNED in arguments or (IDENTITY in arguments and given.positional):
        walk.note(happened.MADE, node, arguments, cls.name)
    return Known(arguments | {entity(cls.name)})


# --- the request and the session -----------------------------------------------------------------------------------


def _of_request(walk: Walk, node: ast.Call) -> Known | None:
    """Return what ``request.form.get("name", type=int)`` gives, and ``request.get_json()``."""
    name = dotted(node.func)
    if not name.startswith("request.") or "request" in walk.frame.names:
        return None
    if name == "request.get_json" or name == "request.get_data":
        return Known(frozenset({CLIENT}), "") if walk.method == "GET" else Known(frozenset({CLIENT, BODY}))
    if not name.startswith(_OF_REQUEST) or name.count(".") != 2:
        return None
    given = _given(walk, node)
    key = given.positional[0].constant if given.positional else None
    if name == "request.headers.get" and isinstance(key, str) and KEY_HEADERS.search(key):
        return used(walk, node)
    if walk.method == "GET" and not name.startswith(
        ("request.args.", "request.values.", "request.headers.", "request.cookies.")
    ):
        default = given.positional[1] if len(given.positional) > 1 else given.keywords.get("default")
        return default or Known(frozenset({CLIENT}), None)
    traits = evaluate(walk, node.func.value).traits if isinstance(node.func, ast.Attribute) else NONE
    return Known(traits - {BODY} if "type" in given.keywords or len(given.positional) > 2 else traits)


def _of_session(walk: Walk, node: ast.Call) -> Known | None:
    if not isinstance(node.func, ast.Attribute) or not is_session(walk, node.func.value):
        return None
    given = _given(walk, node)
    if node.func.attr in ("get", "pop", "setdefault"):
        return of_session(walk, node, given.positional[0] if given.positional else UNKNOWN)
    if node.func.attr == "update":
        walk.note(happened.SIGNED_IN, node, arguments_of(given))
    return UNKNOWN


# --- libraries -----------------------------------------------------------------------------------------------------


def _last(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _library(walk: Walk, node: ast.Call, given: Given) -> Known:
    path = walk.project.path(node, walk.frame.function)
    # ``from x import y as z``: the name that the library gives it.
    name = _last(node) if isinstance(node.func, ast.Attribute) or "." not in path else path.rpartition(".")[2]
    if name in _STOPS or path in ("flask.abort", "sys.exit", "werkzeug.exceptions.abort"):
        walk.stopped = True
        return UNKNOWN
    arguments = arguments_of(given)
    whole = given.receiver.traits | arguments
    change_of(walk, node, path, name, given)
    found = checked(walk, node, path, name, whole) or validated(walk, node, path, name, given)
    if found is None:
        found = stored(walk, node, path, name, given, whole)
    if found is not None:
        return found
    if name in _NUMBERS:
        return Known(whole - {BODY})
    if name in SIGNS_IN or path in ("jwt.encode", "jose.jwt.encode", "flask_login.login_user"):
        walk.note(happened.SIGNED_IN, node, arguments, name)
    if COUNTS.search(name) or name in ("incr", "hincrby", "zcard", "hit"):
        whole = whole | {COUNTER}
    return Known(whole)
