"""What a view knows its caller by: a cookie, which browsers send by themselves, or a proof that only it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Final

from ..values.objects import Function
from .model import View
from .project import dotted
from .vocabulary import KEY_HEADERS, OF_PAGE

_MOST: Final = 60
"""Functions that are looked at for one view."""
_PROVES: Final = re.compile(
    r"(?i)compare_digest|(?:verify|check|validate|require|valid)_?\w*(?:signature|token|api_?key|hmac|csrf|hash|jwt|bearer|origin)"
    r"|construct_event|decode_token|verify_jwt|jwt\.decode|hmac\.new|csrf\.protect$|unsign$"
)
_PROVING_DECORATOR: Final = re.compile(
    r"(?i)jwt|token|api_?key|hmac|signature|signed|webhook|bearer|oauth|basic_auth|http_auth|csrf_(?:protect|required)"
)
_PROVING_ARGUMENT: Final = re.compile(r"(?i)<(?:\w+:)?\w*(?:token|secret|signature|api_?key)\w*>")
_LOGIN_DECORATOR: Final = re.compile(
    r"(?i)^(?:flask_login\.|flask_security\.)?(?:fresh_)?(?:login_required|roles_(?:required|accepted)|auth_required)$"
)
_PAGE_COOKIE: Final = re.compile(r"(?i)lang|locale|theme|consent|csrf|xsrf|tz|timezone")


def functions_of_view(view: View) -> list[Function]:
    """Return the functions that run for a view: hooks, wrappers, itself, and what they call."""
    found = list(dict.fromkeys([*view.layers, view.function, *(f for hook in view.hooks for f in hook.functions)]))
    for function in found:
        for node in ast.walk(function.node):
            if isinstance(node, (ast.Call, ast.Attribute)) and len(found) < _MOST:
                found += [one for one in getattr(node, "callees", ()) if one not in found]
    return found


def relies_on_cookie(view: View) -> bool:
    """Return whether a view knows who is calling by a cookie, and asks for nothing besides."""
    functions = functions_of_view(view)
    by_cookie = any(map(_asks_for_login, view.decorators)) or _any(functions, _reads_cookie)
    return by_cookie and not proves_itself(view, functions)


def proves_itself(view: View, functions: list[Function]) -> bool:
    """Return whether a view checks a signature, a token or a key that no other site's page can send."""
    if _PROVING_ARGUMENT.search(view.route):
        return True
    decorated = any(not one.is_above and _PROVING_DECORATOR.search(one.name) for one in view.decorators)
    return decorated or _any(functions, _proves)


def _asks_for_login(decorator: object) -> bool:
    return not getattr(decorator, "is_above", False) and bool(_LOGIN_DECORATOR.match(getattr(decorator, "name", "")))


def _any(functions: list[Function], test: Callable[[ast.AST, Function], bool]) -> bool:
    return any(test(node, function) for function in functions for node in _nodes(function))


def _nodes(function: Function) -> Iterator[ast.AST]:
    """Yield the code of a function, without its decorators."""
    body = function.node.body if isinstance(function.node.body, list) else [function.node.body]
    for statement in body:
        yield from ast.walk(statement)


def _reads_cookie(node: ast.AST, function: Function) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "current_user"
    if isinstance(node, ast.Compare):
        return _is_session(node.comparators[-1], function) and _says_who(node.left)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return _says_who(node.slice) and (_is_session(node.value, function) or _is_cookies(node.value, node.slice))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        if node.func.attr not in ("get", "pop") or not _says_who(node.args[0]):
            return False
        return _is_session(node.func.value, function) or _is_cookies(node.func.value, node.args[0])
    return False


def _is_session(node: ast.expr, function: Function) -> bool:
    if dotted(node) not in ("session", "flask.session") or not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    value = function.scope.find("session") if isinstance(node, ast.Name) else None
    return value is None or value.path in ("", "flask.session")


def _is_cookies(node: ast.expr, key: ast.expr) -> bool:
    name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    return dotted(node) in ("request.cookies", "flask.request.cookies") and not _PAGE_COOKIE.search(name)


def _says_who(key: ast.expr) -> bool:
    """Return whether a key of the session can say who is calling: it is a text, and not one about the page."""
    if isinstance(key, ast.Constant):
        return isinstance(key.value, str) and not OF_PAGE.match(key.value)
    return isinstance(key, ast.Name) and key.id.isupper()


def _proves(node: ast.AST, function: Function) -> bool:
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        if _PROVES.search(name):
            return True
        first = node.args[0] if node.args else None
        return name.endswith("headers.get") and _is_key(first)
    if isinstance(node, ast.Subscript):
        return dotted(node.value).endswith("headers") and _is_key(node.slice)
    return isinstance(node, ast.Attribute) and dotted(node) in ("request.authorization", "flask.request.authorization")


def _is_key(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(KEY_HEADERS.search(node.value))
