"""Control ``inputs.websocket-origin``: a WebSocket handshake must come from an allowed origin.

Browsers send cookies with a handshake from any page and apply no CORS to it (RFC 6455, section 10.2).
"""

from __future__ import annotations

from ..context import SecurityContext
from ..errors import RefusedForbidden
from ..events import Words, name_with
from ..policy import Mode
from .gate import Gate, refuse
from .origins import is_test_client, may_act, own_origin, stated_origin

CONTROL = "inputs.websocket-origin"
WORDS = "This connection was refused because it does not come from a page of this site."


def install(gate: Gate) -> None:
    """Judge handshakes before the app sees them."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        gate.arrivals.append(lambda context: _arrive(context, mode))


def _arrive(context: SecurityContext, mode: Mode) -> None:
    request = context.request
    if "websocket" not in request.environ.get("HTTP_UPGRADE", "").lower() or is_test_client(context):
        return
    origin = stated_origin(request)
    if origin is not None and (origin == own_origin(request) or may_act(context, origin)):
        return
    advice = (
        f'If pages of that origin may open it, add trusted_origins=["{origin}"] to the policy.'
        if origin not in (None, "null")
        else f"A program should send 'Origin: {own_origin(request)}'."
    )
    evidence = {"origin": origin, "advice": Words(advice)}
    event = name_with("malicious_cors", origin or "")
    point = "IE2" if origin else "RE6"
    refusal = RefusedForbidden(CONTROL, WORDS, event=event, evidence=evidence, parameter="origin", appsensor=point)
    refuse(context, mode, refusal)
