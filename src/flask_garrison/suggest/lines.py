"""From the advice in an event to settings of the policy, each checked as the policy itself would check it.

The advice is read, not trusted: only settings of this table are taken from it, and only values that the policy accepts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..errors import PolicyError
from ..policy import Policy
from ..policy.setting import Documentation, documented

_SETTING = r"\b([a-z][a-z_]{2,60})=(\[[^\[\]]{0,2000}\]|\d{1,12}\b|\"[^\"]{0,200}\")"
_VIEW = r"@view_policy\(.{1,500}\) on [\w.\-]{1,200}|\bcsp=\{.{1,500}\}"

BY_EVIDENCE = frozenset({"cors_methods", "cors_headers", "httponly_cookies", "script_cookies", "login_endpoints"})
"""What many clients on several days may decide: a stranger gains nothing by having caused it."""
_INSTEAD = {
    "allow_insecure_csrf": "Let the other site's page send a token, or name its origin in trusted_origins.",
    "allow_insecure_inline_handlers": "Move handlers into a script of the template with addEventListener.",
    "allow_insecure_inline_scripts": "Move the script into a file, or put a nonce on it: {{ csp_nonce() }}.",
    "allow_insecure_style_attributes": "Move styles into a class of a style sheet.",
    "allow_insecure_eval": "Use JSON.parse and functions in place of strings that become code.",
    "allow_insecure_http": "Let the probe use HTTPS, or send X-Forwarded-Proto through the proxy.",
    "allow_insecure_hosts_from": "Let the probe send a declared Host.",
    "allow_insecure_debug_from": "Switch debug off.",
}
_JUDGE_SITES = frozenset({"inputs.csrf", "inputs.websocket-origin", "headers.cors"})
_FOREIGN = {
    "trusted_origins": "Every page of that origin may act for your visitors.",
    "cors_origins": "Every page of that origin reads your answers.",
    "cors_credentialed_origins": "Every page of that origin reads your answers as the visitor.",
    "form_targets": "That origin receives what visitors type.",
    "hosts": "Links that the application makes may name that host.",
    "proxies": "Whoever can send the believed headers chooses the address that is recorded.",
}


_NOTHING = ": nothing would become "
_FACTS = ("difference", "directive", "blocked", "reason", "origin", "problem")
_MAX_WORDS = 200


class Line(NamedTuple):
    """One value of one setting; or, with an empty setting, an edit in words.

    Attributes:
        setting: Name of the setting.
        value: One element of a list, or the whole value.
    """

    control: str
    setting: str
    value: Any

    @property
    def insecure(self) -> bool:
        """Whether it weakens a defence by name."""
        return self.setting.startswith("allow_insecure_")

    @property
    def foreign(self) -> bool:
        """Whether it trusts what a client's request named, or was asked for by pages of other sites."""
        return self.setting in _FOREIGN or (self.control in _JUDGE_SITES and self.insecure)

    @property
    def by_evidence(self) -> bool:
        """Whether broad evidence is enough to write it without a person's decision."""
        return self.setting in BY_EVIDENCE

    @property
    def opens(self) -> str:
        """What the line opens; empty for one that opens nothing worth a warning."""
        if self.setting in _FOREIGN:
            return _FOREIGN[self.setting]
        return _known()[self.setting].risk if self.setting else ""

    @property
    def instead(self) -> str:
        """What to do in place of it, or an empty string."""
        return _INSTEAD.get(self.setting, "")


def lines_of(event: dict[str, Any]) -> Iterator[Line]:
    """Yield the lines that the advice of an event names and the policy would accept, else what to look at, in words."""
    found = [*_advised(event)]
    yield from found
    if not found and event["outcome"] == "would_refuse" and not is_addition(event):
        yield Line(event["control"], "", f"look at: {_seen_in(event.get('detail', {}))}")


def is_addition(event: dict[str, Any]) -> bool:
    """Return whether an event says that enforcing adds something, and neither refuses nor replaces anything."""
    detail = event.get("detail", {})
    difference = detail.get("difference")
    if isinstance(difference, str):
        return _NOTHING in difference
    return isinstance(detail.get("problem"), str) and not {"advice", "line", "reason"} & set(detail)


def _seen_in(detail: dict[str, Any]) -> str:
    known = (str(detail[key])[:_MAX_WORDS] for key in _FACTS if detail.get(key))
    return ", ".join(known) or "events without further detail"


def _advised(event: dict[str, Any]) -> Iterator[Line]:
    for key in ("advice", "line"):
        advice = event.get("detail", {}).get(key)
        if isinstance(advice, str):
            yield from _settings_in(event["control"], advice[:4_000])
            for found in re.finditer(_VIEW, advice[:4_000]):
                yield Line(event["control"], "", found[0])


def _settings_in(control: str, advice: str) -> Iterator[Line]:
    # Settings of a view are no settings of the policy, though they share their names.
    for found in re.finditer(_SETTING, re.sub(_VIEW, "", advice)):
        value = accepted(found[1], found[2])
        for item in value if isinstance(value, tuple) else () if value is None else (value,):
            if not (isinstance(value, tuple) and item in getattr(_defaults(), found[1])):
                yield Line(control, found[1], item)


@cache
def _defaults() -> Policy:
    return Policy()


@cache
def _known() -> dict[str, Documentation]:
    return dict(documented(Policy))


@lru_cache(maxsize=4_096)
def accepted(setting: str, written: str) -> Any:
    """Return the value as the policy would store it, or ``None`` where there is no such setting or it refuses it."""
    known = _known().get(setting)
    if known is None:
        return None
    try:
        return known.check(setting, ast.literal_eval(written))
    except (PolicyError, ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
