"""Cookies that the code sets or configures without the attributes that protect them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Configured, Setting
from ...code.garrison import guards
from ...code.labels import names_secret
from ...code.values.pieces import HOLE, text_of
from ...code.values.value import Value
from ...rule import Judged, Match, Rule, checks

COOKIE_FLAGS = Rule(
    id="headers.cookie-flags-in-code",
    kind="code",
    control="headers.cookies",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(614, 1004, 1275),
    asvs=("V3.3.1", "V3.3.2", "V3.3.4"),
    title="A cookie that signs somebody in lacks the attributes that protect it",
    why="Without Secure it is sent over plain HTTP, where anybody on the way reads it; without HttpOnly every script "
    "on the page reads it, an injected one too; without SameSite it goes along with requests that other sites make.",
    fix="Set Secure and HttpOnly, and SameSite to Lax or Strict.",
    before='answer.set_cookie("login", token)',
    after='answer.set_cookie("login", token, secure=True, httponly=True, samesite="Lax")',
    guard="Garrison adds what is missing to every cookie; a project that uses it is not told.",
    language="python",
    items=(9, 10, 11, 78, 79),
)

_SIGNED_IN: Final = re.compile(
    r"(?:^|[_-])(?:sess(?:ion)?(?:[_-]?(?:id|key|token))?|sid|auth\w*|token|login|remember\w*|jwt|access|refresh|user(?:[_-]?id)?|uid"
    r"|sso|identity|account|credential\w*|api[_-]?key|secret|signed[_-]?in|logged[_-]?in|admin|member)(?:$|[_-])"
    r"|session|token$",
    re.IGNORECASE,
)
_HARMLESS: Final = re.compile(
    r"csrf|xsrf|theme|lang|locale|consent|banner|colou?r|dark|light|tz|timezone|sidebar|layout|currency|view|sort|tab|font|pref"
    r"|display|filter|dismiss|notice|page|tour|seen|last[_-]",
    re.IGNORECASE,
)
_MADE_SECRET: Final = (
    "secrets.",
    "jwt.encode",
    "itsdangerous.",
    "flask_jwt_extended.create_",
    "uuid.uuid4",
    "jose.jwt.encode",
)
_CALLS: Final = ("flask.Response().set_cookie", "?.set_cookie", "werkzeug.http.dump_cookie")


@checks(COOKIE_FLAGS, reads="call", of=_CALLS)
def set_cookie(call: Call) -> Iterator[Match]:
    """``answer.set_cookie(name, value, secure=..., httponly=..., samesite=...)``."""
    name, value = call.arg(0, "key"), call.arg(1, "value")
    if name is None or value is None or guards(call.machine) or _deletes(call, value):
        return
    signs_in = _signs_in(call, name, value)
    if not signs_in:
        return
    positions = {"secure": 6, "httponly": 7, "samesite": None}
    missing = [word for word, position in positions.items() if _lacks(call, word, position)]
    if missing:
        shown = name.texts()[0] if len(name.texts()) == 1 else "that signs somebody in"
        words = " and ".join(
            {"secure": "Secure", "httponly": "HttpOnly", "samesite": "SameSite"}[one] for one in missing
        )
        only_site = missing == ["samesite"]
        yield call.match(f"the cookie {shown} is set without {words}", severity=Severity.LOW if only_site else None)


def _lacks(call: Call, word: str, position: int | None) -> bool:
    value = call.arg(position, word)
    if value is None:
        return True
    return value.is_only(False, None, 0) or (word == "samesite" and value.is_only("None", "none"))


def _deletes(call: Call, value: Value) -> bool:
    """Return whether a cookie is taken back: it is empty, or over."""
    ends = [call.arg(2, "max_age"), call.arg(3, "expires")]
    return value.is_only("", None) or any(end is not None and end.is_only(0) for end in ends)


def _signs_in(call: Call, name: Value, value: Value) -> bool:
    """Return whether a cookie says who somebody is, by its name or by what is in it."""
    texts = name.texts()
    if any(map(_HARMLESS.search, texts)):
        return False
    if any(map(_SIGNED_IN.search, texts)):
        return True
    return value.path.startswith(_MADE_SECRET) or (not value.consts and _named_secret(call))


def _named_secret(call: Call) -> bool:
    node = call.node
    given = getattr(node, "args", [])[1:2] + [one.value for one in getattr(node, "keywords", []) if one.arg == "value"]
    return any(names_secret(getattr(one, "id", getattr(one, "attr", ""))) for one in given)


@checks(COOKIE_FLAGS, reads="setting")
def header(setting: Setting) -> Iterator[Match]:
    """``answer.headers["Set-Cookie"] = "login=...; Path=/"``."""
    if setting.is_item and any(text.lower() == "set-cookie" for text in setting.key.texts()):
        yield from _of_header(setting, setting.value)


@checks(
    COOKIE_FLAGS,
    reads="call",
    of=("?.add", "?.set", "?.add_header", "werkzeug.Headers().add", "werkzeug.Headers().set"),
)
def added_header(call: Call) -> Iterator[Match]:
    """``answer.headers.add("Set-Cookie", "login=...")``."""
    if len(call.args) > 1 and any(text.lower() == "set-cookie" for text in call.args[0].texts()):
        yield from _of_header(call, call.args[1])


def _of_header(sighting: Setting | Call, value: Value) -> Iterator[Match]:
    text = text_of(value)
    if text == HOLE:
        text = _put_together(getattr(sighting.node, "value", None) or _last_argument(sighting.node))
    name = text.partition("=")[0].strip()
    if guards(sighting.machine) or not name or "\0" in name or not _SIGNED_IN.search(name) or _HARMLESS.search(name):
        return
    attributes = {part.strip().partition("=")[0].lower() for part in text.split(";")[1:]}
    missing = [word for word in ("Secure", "HttpOnly") if word.lower() not in attributes]
    if missing and "\0" not in attributes and "max-age=0" not in text.lower():
        yield sighting.match(f"the cookie {name} is set without {' and '.join(missing)}")


def _last_argument(node: object) -> object:
    return node.args[-1] if isinstance(node, ast.Call) and node.args else None


def _put_together(node: object) -> str:
    """Return the text of a sum as it is written; what is not a constant counts as a hole."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _put_together(node.left) + _put_together(node.right)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else HOLE


# --- settings ------------------------------------------------------------------------------------------------------

_SWITCHES: Final = {
    "SESSION_COOKIE_SECURE": "the session cookie is sent over plain HTTP",
    "SESSION_COOKIE_HTTPONLY": "scripts can read the session cookie",
    "REMEMBER_COOKIE_SECURE": "the cookie that remembers a login is sent over plain HTTP",
    "REMEMBER_COOKIE_HTTPONLY": "scripts can read the cookie that remembers a login",
    "JWT_COOKIE_SECURE": "the cookie with the token is sent over plain HTTP",
    "JWT_ACCESS_COOKIE_SECURE": "the cookie with the token is sent over plain HTTP",
    "SECURITY_COOKIE_SECURE": "the login cookie is sent over plain HTTP",
}


_SITES: Final = frozenset({"SESSION_COOKIE_SAMESITE", "REMEMBER_COOKIE_SAMESITE"})


@checks(COOKIE_FLAGS, reads="configured", of=("from_object", "from_mapping", "Flask"))
def configured(setting: Configured) -> Iterator[Judged]:
    """``SESSION_COOKIE_SECURE = False``: the last word counts."""
    words = _SWITCHES.get(setting.name)
    if guards(setting.machine):
        return
    if setting.name in _SITES:
        title = f"{setting.name} is None: the cookie goes along with requests that other sites make"
        match = setting.match(title, node=setting.written, source=setting.origin, severity=Severity.LOW)
        yield Judged(
            (setting.name, setting.source.name), match if setting.value.is_only(None, "None", "none") else None
        )
    if words is None:
        return
    off = setting.value.is_only(False, 0, None)
    match = setting.match(f"{setting.name} is off: {words}", node=setting.written, source=setting.origin)
    yield Judged((setting.name, setting.source.name), match if off else None)
