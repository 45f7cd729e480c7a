"""Control ``headers.cookies``: every cookie leaves with the attributes that its use needs (RFC 6265bis, ASVS V3.3).

It works on the ``Set-Cookie`` headers of the final answer, so it makes no difference whether a view, a hook, an
extension or Flask's session wrote them. Attributes are only ever appended: a browser takes the last of each kind, and
what the application wrote stays as it wrote it.
"""

from __future__ import annotations

import functools
import json
import re
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask import Response
from werkzeug.http import parse_date

from ..context import SecurityContext, session_cookie_name
from ..policy import Mode, Policy
from .gate import Gate
from .notices import Notices

CONTROL = "headers.cookies"
REMEMBER_COOKIE = "remember_token"
_SAME_SITE = frozenset({"lax", "strict", "none"})
_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z"
_WHITESPACE = " \t"


class Cookie(NamedTuple):
    """A ``Set-Cookie`` header as a browser reads it.

    Attributes:
        name: Without surrounding whitespace; empty for a nameless cookie.
        attributes: Lower-case name to value; of several with one name the last counts.
    """

    name: str
    attributes: Mapping[str, str]

    @property
    def is_deletion(self) -> bool:
        """Whether the header removes the cookie: ``Max-Age`` decides, else ``Expires``."""
        age = self.attributes.get("max-age")
        if age is not None and age.lstrip("-").isdecimal():
            return int(age) <= 0
        expires = parse_date(self.attributes.get("expires"))
        return expires is not None and expires.timestamp() <= time.time()


def parse(header: str) -> Cookie:
    """Read a ``Set-Cookie`` header (RFC 6265bis, section 5.6): a semicolon ends a value even between quotes."""
    name, rest = _split(header)
    return Cookie(name, _attributes(rest))


def _split(header: str) -> tuple[str, str]:
    """Return a header's cookie name, and what follows its first semicolon."""
    pair, _, rest = header.partition(";")
    name, equals, _ = pair.partition("=")
    return name.strip(_WHITESPACE) if equals else "", rest


@functools.lru_cache(maxsize=128)
def _attributes(rest: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in rest.split(";"):
        name, _, value = part.partition("=")
        if name := name.strip(_WHITESPACE).lower():
            found[name] = value.strip(_WHITESPACE)
    return MappingProxyType(found)


def missing_attributes(cookie: Cookie, *, secure: bool, httponly: bool) -> str:
    """Return what has to be appended to the header, such as ``"; Secure; SameSite=Lax"``; empty if nothing.

    Args:
        secure: The answer travels over HTTPS.
        httponly: Scripts must not read the cookie.
    """
    present = cookie.attributes
    added = "; Secure" if secure and "secure" not in present else ""
    if httponly and "httponly" not in present:
        added += "; HttpOnly"
    if present.get("samesite", "").lower() not in _SAME_SITE:
        # An unknown value means "default" to browsers, and not all of them have Lax as their default.
        added += "; SameSite=Lax"
    return added


class Verdict(NamedTuple):
    """What becomes of one cookie.

    Attributes:
        added: What is appended to its header; empty if nothing is missing.
        remarks: What an operator should know of it, each with the setting that changes it (or an empty string).
    """

    added: str
    remarks: tuple[tuple[str, str], ...]


@functools.lru_cache(maxsize=256)
def judge(name: str, rest: str, *, https: bool, hides: bool, always: bool, enforce: bool) -> Verdict:
    """Judge a cookie by its name and by what follows the first semicolon of its header.

    Args:
        hides: The cookie is kept from scripts.
        always: It is, only because ``httponly_always`` is on.
        enforce: What is missing gets added, so that remarks are on the completed cookie.
    """
    sent = Cookie(name, _attributes(rest))
    added = missing_attributes(sent, secure=https, httponly=hides)
    cookie = Cookie(name, _attributes(f"{rest};{added}")) if enforce else sent
    remarks = [(f"Browsers reject this cookie: {problem}.", "") for problem in _rejections(cookie, https=https)]
    if cookie.attributes.get("samesite", "").lower() == "none":
        remarks.append(("SameSite=None was set on purpose: requests from other sites carry this cookie.", ""))
    if cookie.is_deletion:
        return Verdict(added, tuple(remarks))
    if not hides and "httponly" not in sent.attributes:
        remarks.append(("Scripts can read this cookie. If none of the site's own has to:", "httponly_cookies"))
    if always and "HttpOnly" in added:
        remarks.append(("httponly_always hides this cookie. If a script of the site has to read it:", "script_cookies"))
    return Verdict(added, tuple(remarks))


def install(gate: Gate) -> None:
    """Complete the cookies of every answer, last of all."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        notices = Notices(CONTROL)
        gate.departures.append(lambda context, response: _depart(context, response, mode, notices))


def _depart(context: SecurityContext, response: Response, mode: Mode, notices: Notices) -> None:
    if "set-cookie" not in context.own_headers:
        return
    headers = response.headers
    found = [index for index, (name, _) in enumerate(headers) if name.lower() == "set-cookie"]
    https, policy, enforce = context.request.is_secure, context.policy, mode == "enforce"
    hidden = _hidden_names(context)
    for index in found:
        key, header = headers[index]
        name, rest = _split(header)
        named = name in hidden or name.removeprefix("__Host-").removeprefix("__Secure-") in hidden
        always = not named and policy.httponly_always and name not in policy.script_cookies
        verdict = judge(name, rest, https=https, hides=named or always, always=always, enforce=enforce)
        if verdict.added and enforce:
            # Addressed by number, so that the order of headers stays.
            headers[index] = (key, header + verdict.added)
        if verdict.remarks or (verdict.added and not enforce):
            _report(context, name, verdict, notices, observed=not enforce)


def _hidden_names(context: SecurityContext) -> frozenset[str]:
    app = context.app
    identity = (session_cookie_name(app), app.config.get("REMEMBER_COOKIE_NAME", REMEMBER_COOKIE))
    return _joined(context.policy.httponly_cookies, identity)


@functools.lru_cache(maxsize=64)
def _joined(declared: tuple[str, ...], identity: tuple[str, ...]) -> frozenset[str]:
    return frozenset((*declared, *identity))


def _report(context: SecurityContext, name: str, verdict: Verdict, notices: Notices, *, observed: bool) -> None:
    """Say what stays weak, will not work, or would be added: once for each cookie."""
    if observed and verdict.added and notices.is_new(verdict.added, name):
        words = f"Lacks{verdict.added.replace(';', '')}; left as it is in observe mode."
        notices.say(context, words, name=name, outcome="would_refuse")
    for words, setting in verdict.remarks:
        if notices.is_new(words, name):
            notices.say(context, words, name=name, line=_line(context.policy, setting, name))


def _line(policy: Policy, setting: str, name: str) -> str:
    """Return the line for the policy; a name that no cookie may have gives none."""
    if not setting or not re.match(_NAME, name):
        return ""
    return f"{setting}={json.dumps([*getattr(policy, setting), name])}"


def _rejections(cookie: Cookie, *, https: bool) -> list[str]:
    """Return why a browser will not store the cookie (RFC 6265bis, section 5.7; CHIPS)."""
    attributes = cookie.attributes
    secure = "secure" in attributes
    problems = []
    if cookie.name.startswith(("__Host-", "__Secure-")) and not https:
        problems.append("its name promises HTTPS, the answer is plain HTTP")
    if cookie.name.startswith("__Host-") and (attributes.get("domain") or attributes.get("path") != "/"):
        problems.append("a __Host- cookie needs Path=/ and no Domain")
    if "partitioned" in attributes and not secure:
        problems.append("Partitioned without Secure")
    if attributes.get("samesite", "").lower() == "none" and not secure:
        problems.append("SameSite=None without Secure")
    return problems
