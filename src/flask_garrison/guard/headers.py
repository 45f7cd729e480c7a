"""The headers that are one value each: framing, sniffing, referrer, isolation, features.

In enforce the stricter of the application's value and ours is sent, and a difference is named once as an event. In
observe nothing changes except that policies with a report-only form are sent in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response

from ..context import SecurityContext
from ..policy import Policy
from .answer import Kind, is_static, kind_of
from .csp.build import REPORT_GROUP, TYPES_GROUP, TYPES_QUERY, PerVariant, Variant, collector_path
from .gate import Gate
from .notices import Notices
from .outgoing import Pairs, add, checked

Value = Callable[[SecurityContext, Response], str | None]
Stricter = Callable[[str, str], str]


class HeaderRule:
    """One header of one control.

    Attributes:
        value: What the policy wants on this answer; ``None`` for nothing.
        stricter: Of two values (the application's, ours) the one to send.
        report_only: The header's report-only form for observe mode, if browsers know one.
        harmless: Sent in observe mode too, since no page can tell.
    """

    __slots__ = ("control", "harmless", "name", "notices", "report_only", "stricter", "value")

    def __init__(
        self,
        control: str,
        name: str,
        value: Value,
        stricter: Stricter,
        report_only: str | None = None,
        *,
        harmless: bool = False,
    ) -> None:
        self.control = control
        self.name = name
        self.value = value
        self.stricter = stricter
        self.report_only = report_only
        self.harmless = harmless
        self.notices = Notices(control)


def ranked(*values: str) -> Stricter:
    """Return a comparison by rank, loosest first; an unknown value loses against any known one."""

    def stricter(own: str, ours: str) -> str:
        rank = {value: index for index, value in enumerate(values)}
        return own if rank.get(own.strip().lower(), -1) > rank.get(ours.lower(), -1) else ours

    return stricter


def ours_always(own: str, ours: str) -> str:
    """Return our value: the header has one safe value."""
    return ours


def both(own: str, ours: str) -> str:
    """Return both values of a header that is a dictionary."""
    return own if ours.partition("=")[0] + "=" in own else f"{own}, {ours}"


def _endpoints(context: SecurityContext, response: Response) -> str | None:
    if not context.request.is_secure:
        return None
    path = collector_path(context)
    return f'{REPORT_GROUP}="{path}", {TYPES_GROUP}="{path}?{TYPES_QUERY}"'


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
        *_isolation_rules(policy),
        HeaderRule(
            "headers.permissions-policy",
            "Permissions-Policy",
            _constant(permissions_value(policy)),
            stricter_features,
            report_only="Permissions-Policy-Report-Only",
        ),
        HeaderRule("headers.xss-auditor", "X-XSS-Protection", _constant("0"), ours_always),
        HeaderRule("headers.reports", "Reporting-Endpoints", _endpoints, both, harmless=True),
    )


def _isolation_rules(policy: Policy) -> tuple[HeaderRule, ...]:
    return (
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
            _constant(policy.embedder_policy),
            ranked("unsafe-none", "credentialless", "require-corp"),
            report_only="Cross-Origin-Embedder-Policy-Report-Only",
        ),
        HeaderRule("headers.cross-origin", "Origin-Agent-Cluster", _constant("?1"), ours_always),
    )


def install(gate: Gate) -> None:
    """Send each header whose control is not off."""
    rules = rules_for(gate.policy)
    modes = {rule.name: gate.mode(rule.control) for rule in rules}
    enforced = tuple(
        one for one in rules if modes[one.name] == "enforce" or (one.harmless and modes[one.name] != "off")
    )
    observed = tuple(one for one in rules if modes[one.name] == "observe" and not one.harmless)
    if enforced:
        gate.departures.append(Enforcement(enforced).depart)
    if observed:
        gate.departures.append(lambda context, response: _observe(observed, context, response))


class Enforcement:
    """Sends the enforced headers; what an answer gets is worked out once for each kind of answer and view."""

    def __init__(self, rules: tuple[HeaderRule, ...]) -> None:
        self._rules = rules
        self._plans: PerVariant[tuple[frozenset[str], Pairs]] = PerVariant()

    def depart(self, context: SecurityContext, response: Response) -> None:
        """Add the headers that are missing, and settle those that the application sends itself."""
        variant = Variant.of(context, response)
        plan = self._plans.get(variant)
        if plan is None:
            plan = self._plans[variant] = self._plan(context, response)
        names, pairs = plan
        present = names & context.own_headers
        if not present:
            add(response.headers, pairs)
            return
        fresh = [pair for pair in pairs if pair[0].lower() not in present]
        for rule in self._rules:
            if rule.name.lower() in present:
                _settle(rule, context, response, dict(pairs)[rule.name])
        add(response.headers, fresh)

    def _plan(self, context: SecurityContext, response: Response) -> tuple[frozenset[str], Pairs]:
        values = [(rule.name, rule.value(context, response)) for rule in self._rules]
        pairs = checked((name, value) for name, value in values if value is not None)
        return frozenset(name.lower() for name, _ in pairs), pairs


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
