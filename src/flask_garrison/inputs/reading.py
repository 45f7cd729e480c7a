"""Reads the parts of a request: what belongs to each, and what is no such part at all."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping
from typing import Any, NoReturn

from werkzeug.datastructures import MultiDict

from ..context import SecurityContext
from ..guard.csrf_token import FIELD
from ..guard.parsing import guarded_loads
from .adapters import Adapter, Loaded
from .refusing import refuse_body_type, refuse_encoding, refuse_unparsable

_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


def read_query(context: SecurityContext, adapter: Adapter, arguments: Mapping[str, Any], refuse: bool) -> Loaded:
    """Read the query. Links carry parameters of other people, so unknown ones are refused by policy only."""
    return adapter.load_pairs(context.request.args, context.policy.strict_query and refuse)


def read_form(context: SecurityContext, adapter: Adapter, arguments: Mapping[str, Any], refuse: bool) -> Loaded:
    """Read the fields and files of a form."""
    request = context.request
    if request.mimetype not in _FORM_TYPES and (request.mimetype or request.get_data()):
        refuse_body_type(context, "form")
    pairs: MultiDict[str, Any] = MultiDict()
    known = adapter.names()
    tokens = {FIELD, "csrf_token", context.app.config.get("WTF_CSRF_FIELD_NAME")}
    for source in (request.form, request.files):
        for name, values in source.lists():
            if name != FIELD and (name not in tokens or name in known or _checks_tokens(adapter)):
                pairs.setlistdefault(name).extend(values)
    return adapter.load_pairs(pairs, refuse)


def _checks_tokens(adapter: Adapter) -> bool:
    """Return whether the declaration makes forms that look for their own token."""
    return hasattr(adapter, "takes_tokens")


def read_json(context: SecurityContext, adapter: Adapter, arguments: Mapping[str, Any], refuse: bool) -> Loaded:
    """Read a JSON body: UTF-8, and nothing that JSON has not (RFC 8259): no NaN, no infinity."""
    request = context.request
    if not request.is_json:
        refuse_body_type(context, "json")
    raw = request.get_data()
    try:
        loads = guarded_loads(request, json)
        data = loads(_decoded(context, raw), parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        refuse_unparsable(context, "json")
    return adapter.load_json(raw, data, refuse)


def _decoded(context: SecurityContext, raw: bytes) -> str:
    """Return a body as text. What is no UTF-8 because it is compressed is not bad JSON, and is told apart."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if context.request.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
            refuse_encoding(context)
        raise


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def read_path(context: SecurityContext, adapter: Adapter, arguments: Mapping[str, Any], refuse: bool) -> Loaded:
    """Read the variables of the route that the declaration names, as their converters left them."""
    named = path_names(adapter, arguments)
    return adapter.load_mapping({key: value for key, value in arguments.items() if key in named}, False)


def path_names(adapter: Adapter, arguments: Mapping[str, Any]) -> Collection[str]:
    """Return which variables a declaration of the path takes: all where it is a type without fields."""
    return adapter.names() or arguments


def read_headers(context: SecurityContext, adapter: Adapter, arguments: Mapping[str, Any], refuse: bool) -> Loaded:
    """Read the declared headers; ``x_request_id`` is ``X-Request-Id``."""
    headers = context.request.headers
    values: dict[str, Any] = {}
    for name, takes_list in adapter.names().items():
        value = headers.get(name.replace("_", "-"))
        if value is not None:
            values[name] = [item.strip() for item in value.split(",")] if takes_list else value
    return adapter.load_mapping(values, False)


READERS: Mapping[str, Callable[[SecurityContext, Adapter, Mapping[str, Any], bool], Loaded]] = {
    "path": read_path,
    "headers": read_headers,
    "query": read_query,
    "form": read_form,
    "json": read_json,
}
