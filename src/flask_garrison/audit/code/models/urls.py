"""Addresses: their parts, and what tests of a part prove of the whole."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..interpreter.expressions import items_of, text_of_parts
from ..values.objects import Sequence
from ..values.pieces import beginning
from ..values.refinement import Change, Test
from ..values.taint import TEXT, Use, weak, without
from ..values.value import EITHER, UNKNOWN, Value, constant
from .registry import alias, on_attribute, on_call, on_item
from .support import carried, changed, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

PARSED: Final = "urllib.parse.urlsplit()"
_HOSTS: Final = ("netloc", "hostname", "host", "authority", "raw_host", "ascii_host")
_WHERE: Final = Use.HOST | Use.REDIRECT | Use.HREF

alias(
    {
        "urllib.parse.urlparse": "urllib.parse.urlsplit",
        "urllib3.util.parse_url": "urllib.parse.urlsplit",
        "urllib3.util.url.parse_url": "urllib.parse.urlsplit",
        "werkzeug.urls.url_parse": "urllib.parse.urlsplit",
        "yarl.URL": "urllib.parse.urlsplit",
        "furl.furl": "urllib.parse.urlsplit",
        "httpx.URL": "urllib.parse.urlsplit",
        "werkzeug.urls.url_unquote": "urllib.parse.unquote",
        "urllib.parse.unquote_plus": "urllib.parse.unquote",
        "werkzeug.urls.url_join": "urllib.parse.urljoin",
        "urllib.parse.urlunparse": "urllib.parse.urlunsplit",
        "werkzeug.utils.redirect": "flask.redirect",
        "flask.helpers.redirect": "flask.redirect",
        "flask.Flask().redirect": "flask.redirect",
        "flask.helpers.url_for": "flask.url_for",
        "flask.Flask().url_for": "flask.url_for",
    }
)


@on_call("urllib.parse.urlsplit")
def parse(call: Call) -> Value:
    """``urlsplit(url)``: what is proved of a part says something of the whole."""
    value = call.arg(0, "url", "urlstring")
    if value is None:
        return Value(path=PARSED)
    taint = call.machine.taint(value)
    step = call.machine.step(call.node, value.step) if taint else None
    return Value(taint, path=PARSED, step=step, derived=("parsed", value, None))


def _part(machine: Machine, value: Value, name: str, node: ast.AST) -> Value | None:
    if value.derived is None:
        return UNKNOWN
    whole = machine.resolve(value.derived[1])
    if whole.known and isinstance(whole.constant, str):
        try:
            return constant(getattr(urlsplit(whole.constant), name, None))
        except ValueError:
            return UNKNOWN
    if not value.taint:
        return UNKNOWN
    key = (value, f"part {name}")
    found = machine.reads.get(key)
    if found is None:
        operation = "host" if name in _HOSTS else "scheme" if name == "scheme" else "part"
        taint = value.taint if name != "port" else value.taint & Use.CLIENT
        found = Value(taint, step=machine.step(node, value.step), derived=(operation, value.derived[1], name))
        machine.reads[key] = found
    return machine.resolve(found)


@on_attribute(*(f"{PARSED}.{name}" for name in (*_HOSTS, "scheme", "path", "query", "fragment", "port", "username")))
def part(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """``urlsplit(url).netloc``."""
    return _part(machine, value, path.rpartition(".")[2], node)


@on_item(PARSED)
def numbered_part(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """``scheme, netloc, *rest = urlsplit(url)``."""
    names = ("scheme", "netloc", "path", "query", "fragment")
    number = key.constant if key.known and isinstance(key.constant, int) else 2
    return _part(machine, value, names[number] if 0 <= number < len(names) else "path", node)


@on_call(f"{PARSED}.geturl", f"{PARSED}.to_url", f"{PARSED}.human_repr")
def whole(call: Call) -> Value:
    """The address again."""
    receiver = call.receiver
    if receiver is None or receiver.derived is None:
        return UNKNOWN
    result = changed(call, call.machine.resolve(receiver.derived[1]))
    return result.but(derived=("same", receiver.derived[1], None)) if result.taint else result


@on_call(f"{PARSED}._replace")
def replaced(call: Call) -> Value:
    """``parts._replace(netloc="")``: without a host, but for paths that begin with two slashes."""
    host, receiver = call.arg(None, "netloc"), call.receiver
    if receiver is None or host is None or call.machine.taint(host):
        return receiver or UNKNOWN
    moved = receiver.taint & _WHERE
    inner = Value(receiver.taint & ~moved | (weak(moved) if host.is_only("") else 0), step=receiver.step)
    return Value(inner.taint, path=PARSED, step=inner.step, derived=("parsed", inner, None))


@on_call("urllib.parse.urlunsplit")
def unsplit(call: Call) -> Value:
    """``urlunsplit((scheme, host, path, query, fragment))``."""
    given = call.arg(0, "components")
    items, rest = items_of(call.machine, given) if given is not None else ([], None)
    if rest is not None or len(items) < 3:
        return carried(call, given)
    if items[1].is_only("") and not call.machine.taint(items[0]):
        path = carried(call, *items[2:])
        return path.but(taint=without(path.taint, _WHERE) | weak(path.taint & _WHERE)) if path.taint else path
    parts = [items[0], constant("://"), items[1], constant("/"), *items[2:]]
    return text_of_parts(call.machine, parts, call.node)


@on_call("urllib.parse.urljoin")
def joined(call: Call) -> Value:
    """``urljoin(base, target)``: a target with a host of its own wins over the base."""
    base, target = call.arg(0, "base"), call.arg(1, "url")
    if target is None or not call.machine.taint(target):
        return carried(call, base)
    if is_path(beginning(target)):
        return cleaned(call, target, _WHERE)
    result = changed(call, target, "joined address")
    return result.but(pieces=None)


def is_path(text: str) -> bool:
    """Return whether what begins with a text can only be a path, query or fragment."""
    if text[:1] in ("?", "#"):
        return True
    if text.startswith("/"):
        return len(text) > 1 and text[1] not in "/\\"
    head = text.partition("/")[0]
    return bool(text) and ":" not in head and any(sign in text for sign in "/?#")


@on_call("urllib.parse.unquote", "urllib.parse.unquote_to_bytes")
def unquoted(call: Call) -> Value:
    """What was encoded comes back, whatever was tested before."""
    value = call.arg(0, "string")
    if value is None or not call.machine.taint(value):
        return UNKNOWN
    taint = call.machine.taint(value)
    taint |= TEXT if taint & Use.CLIENT else weak(TEXT)
    return Value(taint, step=call.machine.step(call.node, value.step), derived=("changed", value, None))


@on_call("urllib.parse.parse_qs", "urllib.parse.parse_qsl")
def query(call: Call) -> Value:
    """The parts of a query."""
    found = carried(call, call.arg(0, "qs"))
    if found.taint & Use.CLIENT:
        # A header has no line breaks, but what is decoded of it can have some.
        found = found.but(taint=found.taint | Use.LINE | Use.LOG)
    if call.path.endswith("qsl"):
        return Value(refs=(Sequence((), Value(refs=(Sequence((found, found.but()), None, "tuple"),))),))
    return found.but(taint=found.taint | Use.FIELDS) if found.taint else found


@on_call(
    "django.utils.http.url_has_allowed_host_and_scheme",
    "?.url_has_allowed_host_and_scheme",
    "flask_security.utils.validate_redirect_url",
    "?.validate_redirect_url",
    "?.is_safe_url",
    "?.is_safe_redirect_url",
    "flask_multipass.Multipass().validate_next_url",
)
def judged(call: Call) -> Value:
    """Tests of libraries for addresses of the application itself."""
    value = call.arg(0, "url", "target")
    if value is None or not call.machine.taint(value):
        return EITHER
    return Value(consts=EITHER.consts, test=Test((Change(value, _WHERE),)))


@on_call(
    "flask_garrison.safe_redirect",
    "flask_garrison.inputs.safe_redirect",
    "flask_garrison.inputs.redirects.safe_redirect",
    "flask_security.utils.get_post_login_redirect",
    "flask_security.utils.get_post_logout_redirect",
    "flask_security.utils.get_post_register_redirect",
    "flask_security.utils.find_redirect",
)
def settled(call: Call) -> Value:
    """Answers and addresses that a library has checked."""
    from .flask_answers import answer

    return answer(UNKNOWN, constant("text/html"), constant(303)) if call.path.startswith("flask_g") else UNKNOWN
