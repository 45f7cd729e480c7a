"""Control ``assessment.debug``: an application in debug mode answers its own machine only (ASVS V13.4.2, CWE-489).

Whether it is in debug mode is asked at each request, since ``app.run(debug=True)`` says so after everything else. The
debugger of the development server stands outside the application; what keeps it from strangers is that no view runs
for them, so that no exception of theirs reaches it.
"""

from __future__ import annotations

import re

from flask import Response

from ..context import SecurityContext
from ..errors import RefusedForbidden
from ..events import Words, name_with
from ..policy import Mode
from .addresses import address_in, has_forwarded_header, is_in, is_loopback_peer
from .gate import Gate, refuse
from .origins import is_test_client

CONTROL = "assessment.debug"
WORDS = "This application answers its own machine only at the moment."
_MAX_STATED = 32
_FORWARDED_FOR = r'(?i)(?:^|[;,])\s*for\s*=\s*("[^"]*"|[^;,\s]*)'
_TURN_OFF = "On a server, turn debug mode off: no --debug, no FLASK_DEBUG, no debug=True."


def install(gate: Gate) -> None:
    """Refuse what comes from elsewhere before any view of an application in debug mode runs."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    gate.arrivals.append(lambda context: _arrive(context, mode))
    if mode == "enforce":
        gate.error_answers.append(lambda context: _answer_error(gate, context))


def is_from_elsewhere(context: SecurityContext) -> bool:
    """Return whether a request comes from another machine than this one and the declared networks, or may do so."""
    return bool(_strangers(context))


def _arrive(context: SecurityContext, mode: Mode) -> None:
    # The instance's dictionary, not ``app.debug``: this is asked at every request.
    if not context.app.config["DEBUG"] or is_test_client(context):
        return
    strangers = _strangers(context)
    if strangers:
        refuse(context, mode, _refusal(strangers))


def _answer_error(gate: Gate, context: SecurityContext) -> Response | None:
    """Keep from the debugger what failed before the first guard was asked, such as the session being opened."""
    if not context.app.debug or is_test_client(context) or not is_from_elsewhere(context):
        return None
    return gate.app.make_response(RefusedForbidden(CONTROL, WORDS, event="").get_response(context.request.environ))


def _strangers(context: SecurityContext) -> list[str]:
    """Return whom the request comes from and nobody has admitted; an unknown address is nobody's.

    A header that says "forwarded" shows a proxy or a tunnel on the way, whose clients may be anywhere: then even this
    machine must be declared, together with every address that is stated.
    """
    networks = context.policy.allow_insecure_debug_from
    forwarded = has_forwarded_header(context.request.environ)
    named = dict.fromkeys((context.peer, context.client, *(_stated(context) if forwarded else ())))
    return [one for one in named if not _is_admitted(one, networks, own_machine=not forwarded)]


def _is_admitted(stated: str, networks: tuple[str, ...], *, own_machine: bool) -> bool:
    address = address_in(stated)
    if address is None:
        return False
    return (own_machine and is_loopback_peer(address)) or is_in(address, networks)


def _stated(context: SecurityContext) -> list[str]:
    """Return the addresses in forwarded headers; the rest of an overlong list counts as one that nobody knows."""
    headers = context.request.headers
    joined = ",".join((*headers.getlist("X-Forwarded-For"), *headers.getlist("X-Real-IP")))
    entries = [entry.strip() for entry in joined.split(",")] if joined else []
    entries += re.findall(_FORWARDED_FOR, ",".join(headers.getlist("Forwarded")))
    return [*entries[:_MAX_STATED], "unknown"] if len(entries) > _MAX_STATED else entries


def _refusal(strangers: list[str]) -> RefusedForbidden:
    addresses = [address for address in map(address_in, strangers) if address is not None]
    evidence = {"addresses": addresses, "advice": Words(_advice(addresses, complete=len(addresses) == len(strangers)))}
    event = name_with("authz_fail", "", "debug")
    return RefusedForbidden(CONTROL, WORDS, event=event, evidence=evidence, appsensor="RP1")


def _advice(addresses: list[str], *, complete: bool) -> str:
    if not complete:
        return f"The application is in debug mode, and where the request comes from is not known. {_TURN_OFF}"
    listed = ", ".join(f'"{address}"' for address in addresses)
    return (
        f"The application is in debug mode, where whoever makes it fail can read its source and run code. {_TURN_OFF} "
        f"If this is a container or a tunnel of your own, add allow_insecure_debug_from=[{listed}] to the policy."
    )
