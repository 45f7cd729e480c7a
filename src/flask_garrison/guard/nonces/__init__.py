"""Controls ``headers.csp`` and ``inputs.csrf``, in the page: nonces and token fields without edits.

What the author wrote in a template is sealed when it renders (``render``, called by templates that ``compiler`` made)
and gets this answer's nonce, or its token field, on the way out (``answer``). Between the two lies whatever the
application does with the text: cache it, mail it, put it into JSON. ``docs/decisions/0003-sealed-tags.md`` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...context import SecurityContext, current

if TYPE_CHECKING:
    from ..gate import Gate

__all__ = ["csp_nonce", "install"]


def csp_nonce() -> str:
    """Return the nonce of the answer being made, for HTML that Jinja did not compile; empty outside a request.

    A page that is cached with the nonce in it is blocked when it is shown again: mark up templates instead where a
    cache is used, Garrison seals those.
    """
    context = current()
    if context is None:
        return ""
    context.nonce_used = True
    return context.nonce


def install(gate: Gate) -> None:
    """Seal what the application's templates render, and unseal it in its HTML answers."""
    from .answer import Answers
    from .environment import watch
    from .marker import Sealer
    from .plan import Plan
    from .render import Renderer

    plan = Plan.of(gate.policy)
    if plan.empty:
        return
    sealer = Sealer(gate.app)
    guard_environment = watch(gate.app, Renderer(gate.app, plan, sealer), csp_nonce)

    def keep_guarded(context: SecurityContext) -> None:
        guard_environment()

    gate.arrivals.append(keep_guarded)
    gate.renderings.append(Answers(plan, sealer))
