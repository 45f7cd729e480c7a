"""The headers that are one value each: framing, sniffing, referrer, isolation, features.

In enforce the stricter of the application's value and ours is sent, and a difference is named once as an event. In
observe nothing changes except that policies with a report-only form are sent in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import Response

from ..context import SecurityContext
from ..policy import Policy
from .answer import Kind, is_static, kind_of
from .gate import Gate
from .notices import Notices

Value = Callable[[SecurityContext, Response], str | None]
Stricter = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """One header of one control.

    Attributes:
        value: What the policy wants on this answer; ``None`` for nothing.
        stricter: Of two values (the application's, ours) the one to send.
        report_only: The header's report-only form for observe mode, if browsers know one.
    """

    control: str
    name: str
    value: Value
    stricter: Stricter
    report_only: str | None = None
    notices: Notices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "notices", Notices(self.control))


def ranked(*values: str) -> Stricter:
    """Return a comparison by rank, loosest first; an unknown value loses against any known one."""

    def stricter(own: str, ours: str) -> str:
        rank = {value: index for index, value in enumerate(values)}
        return own if rank.get(own.strip().lower(), -1) > rank.get(ours.lower(), -1) else ours

    return stricter


def ours_always(own: str, ours: str) -> str:
    """Return our value: the header has one safe value."""
    return ours


def stricter_features(own: str, ours: str) -> str:
    """Merge two Permissions-Policy values: what either denies is denied, else the application's list stands."""
    mine, theirs = _features(ours), _features(own)
    merged = {
        name: "()" if "()" in (mine.get(name), theirs.get(name)) else theirs.get(name) or mine[name]
        for name in dict.fromkeys((*mine, *theirs))
    }
    return ", ".join(f"{name}={allowed}" for name, allowed in merged.items())


def _features(header: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in header.split(",") if "=" in part)
    return {name.strip().lower(): allowed.strip() for name, _, allowed in pairs}


def permissions_value(policy: Policy) -> str:
    """Return the Permissions-Policy header for a policy (structured field dictionary, RFC 9651)."""
    return ", ".join(f"{feature}={_allow_list(allowed)}" for feature, allowed in policy.permissions.items())


def _allow_list(allowed: Sequence[str]) -> str:
    if "*" in allowed:
        return "*"
    names = (one if one == "self" else f'"{one}"' for one in allowed)
    return f"({' '.join(names)})"


def _constant(value: str | None) -> Value:
    return lambda context, response: value


def _framing(context: SecurityContext, response: Response) -> str | None:
    view = context.view.frame_ancestors
    ancestors = context.policy.frame_ancestors if view is None else view
    # The old header cannot name origins: where the policy does, frame-ancestors alone speaks.
    return {"'none'": "DENY", "'self'": "SAMEORIGIN"}.get(" ".join(ancestors))


def _opener(context: SecurityContext, response: Response) -> str | None:
    return context.view.opener_policy or context.policy.opener_policy


def _resource(context: SecurityContext, response: Response) -> str | None:
    policy = context.policy
    if context.view.resource_policy:
        return context.view.resource_policy
    if is_static(context, response):
        return policy.static_resource_policy
    return policy.resource_policy if kind_of(response) in (Kind.DOCUMENT, Kind.JSON) else policy.other_resource_policy


def rules_for(policy: Policy) -> tuple[HeaderRule, ...]:
    """Return every header rule, in the order in which the headers are sent."""
    embedder = policy.embedder_policy
    return (
        HeaderRule("headers.nosniff", "X-Content-Type-Options", _constant("nosniff"), ours_always),
        HeaderRule("headers.framing", "X-Frame-Options", _framing, ranked("sameorigin", "deny")),
        HeaderRule(
            "headers.referrer-policy",
            "Referrer-Policy",
            _constant(policy.referrer_policy),
            ranked(
                "unsafe-url",
                "no-referrer-when-downgrade",
                "origin-when-cross-origin",
                "origin",
                "strict-origin-when-cross-origin",
                "strict-origin",
                "same-origin",
                "no-referrer",
            ),
        ),
        HeaderRule(
            "headers.cross-origin",
            "Cross-Origin-Opener-Policy",
            _opener,
            ranked("unsafe-none", "same-origin-allow-popups", "noopener-allow-popups", "same-origin"),
            report_only="Cross-Origin-Opener-Policy-Report-Only",
        ),
        HeaderRule(
            "headers.cross-origin",
            "Cross-Origin-Resource-Policy",
            _resource,
            ranked("cross-origin", "same-site", "same-origin"),
        ),
        HeaderRule(
            "headers.cross-origin",
            "Cross-Origin-Embedder-Policy",
            _constant(embedder),
            ranked("unsafe-none", "credentialless", "require-corp"),
            report_only="Cross-Origin-Embedder-Policy-Report-Only",
        ),
        HeaderRule("headers.cross-origin", "Origin-Agent-Cluster", _constant("?1"), ours_always),
        HeaderRule(
            "headers.permissions-policy",
            "Permissions-Policy",
            _constant(permissions_value(policy)),
            stricter_features,
            report_only="Permissions-Policy-Report-Only",
        ),
        HeaderRule("headers.xss-auditor", "X-XSS-Protection", _constant("0"), ours_always),
    )


def install(gate: Gate) -> None:
    """Send each header whose control is not off."""
    rules = rules_for(gate.policy)
    enforced = tuple(rule for rule in rules if gate.mode(rule.control) == "enforce")
    observed = tuple(rule for rule in rules if gate.mode(rule.control) == "observe")
    if enforced:
        gate.departures.append(lambda context, response: _enforce(enforced, context, response))
    if observed:
        gate.departures.append(lambda context, response: _observe(observed, context, response))


def _enforce(rules: tuple[HeaderRule, ...], context: SecurityContext, response: Response) -> None:
    present = {name.lower() for name, _ in response.headers}
    fresh: list[tuple[str, str]] = []
    for rule in rules:
        value = rule.value(context, response)
        if value is None:
            continue
        if rule.name.lower() in present:
            _settle(rule, context, response, value)
        else:
            fresh.append((rule.name, value))
    response.headers.extend(fresh)


def _settle(rule: HeaderRule, context: SecurityContext, response: Response, ours: str) -> None:
    own = response.headers[rule.name]
    chosen = rule.stricter(own, ours)
    if chosen != own or len(response.headers.getlist(rule.name)) > 1:
        response.headers[rule.name] = chosen
        rule.notices.difference(context, f"{rule.name}: {own} became {chosen}")


def _observe(rules: tuple[HeaderRule, ...], context: SecurityContext, response: Response) -> None:
    for rule in rules:
        value = rule.value(context, response)
        own = response.headers.get(rule.name)
        if value is None or own == value:
            continue
        rule.notices.difference(context, f"{rule.name}: {own or 'nothing'} would become {value}", observed=True)
        if rule.report_only and own is None and rule.report_only not in response.headers:
            response.headers.add(rule.report_only, value)
