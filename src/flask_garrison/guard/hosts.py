"""Control ``transport.hosts``: the application answers to its declared host names only.

The name that a request gives ends up in links of mails, in redirects and in caches (CWE-640). A malformed one is
refused always: nothing that reads it later has to be as strict.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from ..context import SecurityContext, current
from ..errors import PolicyError, RefusedMalformed
from ..events import Words, name_with
from ..policy import Mode, Policy
from .addresses import has_forwarded_header, host_name, is_in, is_loopback_host, is_loopback_peer
from .gate import Gate, refuse
from .notices import Notices
from .origins import is_sent_by_test_client

CONTROL = "transport.hosts"
WORDS = "This request was refused because it names a host that is not served here."
LONGEST = 260
"""Characters of the longest ``Host``: 253 of a name (RFC 1035) and a port."""
_WELL_FORMED = r"(?i)(?:[a-z0-9._-]+|\[[0-9a-f]*:[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?\Z"
_log = logging.getLogger("flask_garrison")
Verdict = Literal["own", "foreign", "malformed", "undeclared"]


def install(gate: Gate) -> None:
    """Judge the ``Host`` of every request before anything is answered in its name.

    Raises:
        PolicyError: where ``require_hosts`` asks for a declaration and there is none.
    """
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    if gate.policy.require_hosts and not declared_hosts(gate.app, gate.policy):
        raise PolicyError("hosts", f"no host is declared, and require_hosts is set. Add {_proposal(gate.app)}.")
    notices = Notices(CONTROL)
    gate.arrivals.append(lambda context: _arrive(context, mode, notices))
    if not gate.policy.hosts:
        _watch_links(gate.app, gate.policy, notices)


def declared_hosts(app: Flask, policy: Policy) -> tuple[str, ...]:
    """Return the declared names: the policy's, else the app's ``TRUSTED_HOSTS`` as it is now; empty if undeclared."""
    trusted = app.config.get("TRUSTED_HOSTS") or ()
    # Werkzeug takes one name for a list of it, as ``FLASK_TRUSTED_HOSTS`` gives it.
    return policy.hosts or ((trusted,) if isinstance(trusted, str) else tuple(trusted))


def is_well_formed(host: str) -> bool:
    """Return whether ``host`` is one name or address with an optional port, in the letters that these have."""
    match = re.match(_WELL_FORMED, host) if len(host) <= LONGEST else None
    return match is not None and int(match[1] or 0) <= 65_535


def _arrive(context: SecurityContext, mode: Mode, notices: Notices) -> None:
    host = stated_host(context)
    verdict = _judge(context, host)
    if verdict == "own":
        return
    if verdict == "undeclared":
        _warn_undeclared(context, host, notices)
    elif verdict == "malformed":
        point = "RE7" if len(host) > LONGEST else "RE8"
        refuse(context, mode, _refusal("The Host header is malformed.", host, point))
    elif not _may_name_any(context, host):
        refuse(context, mode, _refusal(_advice(host), host, "IE2"))


def stated_host(context: SecurityContext) -> str:
    """Return the ``Host`` as it was sent; a request without one (HTTP/1.0) means the server's own name."""
    environ = context.request.environ
    return environ.get("HTTP_HOST") or environ.get("SERVER_NAME") or ""


def _judge(context: SecurityContext, host: str) -> Verdict:
    if len(host) > LONGEST:
        return "malformed"
    return _verdict(host, declared_hosts(context.app, context.policy))


@lru_cache(maxsize=256)
def _verdict(host: str, declared: tuple[str, ...]) -> Verdict:
    if not is_well_formed(host):
        return "malformed"
    if not declared:
        return "undeclared"
    # An IPv6 address is compared whole: Werkzeug takes what follows a colon for a port.
    if host_name(host) in declared or host_is_trusted(host.lower(), [name for name in declared if name[:1] != "["]):
        return "own"
    return "foreign"


def _may_name_any(context: SecurityContext, host: str) -> bool:
    if host_name(host) == "localhost" and is_sent_by_test_client(context):
        return True
    if context.app.debug and is_loopback_host(host) and is_loopback_peer(context.peer):
        return True
    probes = context.policy.allow_insecure_hosts_from
    return bool(probes) and not has_forwarded_header(context.request.environ) and is_in(context.peer, probes)


def _refusal(advice: str, host: str, appsensor: str) -> RefusedMalformed:
    evidence = {"host": host[:LONGEST], "advice": Words(advice)}
    event = name_with("input_validation_fail", "host")
    return RefusedMalformed(CONTROL, WORDS, event=event, evidence=evidence, parameter="host", appsensor=appsensor)


def _advice(host: str) -> str:
    name = host_name(host)
    return (
        f'If this application answers to that name, add "{name}" to hosts. A probe that names an address: '
        "allow_insecure_hosts_from=[<its network>]."
    )


def _proposal(app: Flask) -> str:
    """Return the line to add. ``SERVER_NAME`` is only a proposal: it may differ from what visitors type."""
    stated = app.config.get("SERVER_NAME")
    if not stated:
        return 'hosts=["www.your-site.example"] (your own names)'
    dot = "." if app.subdomain_matching else ""
    return f'hosts=["{dot}{host_name(stated)}"]'


def _warn_undeclared(context: SecurityContext, host: str, notices: Notices) -> None:
    """Say once that no host is declared; development on loopback is left in peace."""
    if is_loopback_host(host) or not notices.is_new("undeclared", ""):
        return
    # The name was sent by whoever came first, perhaps to have it declared: it is shown, not proposed.
    _log.warning(
        "%s: no host is declared, so a forged Host header ends up in links and caches. Add %s; this request named %s.",
        context.app.name,
        _proposal(context.app),
        host_name(host),
    )


def _watch_links(app: Flask, policy: Policy, notices: Notices) -> None:
    """Notice absolute links that are made under a host which nobody declared."""
    inner = app.url_for

    def url_for(endpoint: str, **values: Any) -> str:
        if values.get("_external"):
            _notice_link(policy, notices)
        return inner(endpoint, **values)

    app.url_for = url_for  # type: ignore[method-assign]
    _replace_in_templates(app, inner, url_for)


def _replace_in_templates(app: Flask, inner: Callable[..., str], outer: Callable[..., str]) -> None:
    """Reach an environment that was made before; one that is made later takes the instance's function."""
    environment = vars(app).get("jinja_env")
    if environment is not None and environment.globals.get("url_for") == inner:
        environment.globals["url_for"] = outer


def _notice_link(policy: Policy, notices: Notices) -> None:
    context = current()
    if context is None or declared_hosts(context.app, policy) or context.app.config.get("SERVER_NAME"):
        return
    if not is_loopback_host(stated_host(context)) and notices.is_new("link", context.endpoint):
        problem = "An absolute link was made under a host that nobody declared"
        notices.say(context, problem, name=host_name(stated_host(context)), line=_proposal(context.app))
