"""Controls ``headers.csp`` and ``inputs.csrf``, in the page: nonces and token fields without edits.

What the author wrote in a template is sealed when it renders (``render``, called by templates that ``compiler`` made)
and gets this answer's nonce, or its token field, on the way out (``answer``). Between the two lies whatever the
application does with the text: cache it, mail it, put it into JSON. ``docs/decisions/0003-sealed-tags.md`` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...context import current

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..gate import Gate

__all__ = ["csp_nonce", "install"]


def csp_nonce() -> str:
    """Return the nonce of the answer being made, for HTML that Jinja did not compile; empty outside a request.

    A page that is cached with the nonce in it is blocked when it is shown again: mark up templates instead where a
    cache is used, Garrison seals those.
    """
    context = current()
    return "" if context is None else context.nonce


def install(gate: Gate) -> None:
    """Seal what the application's templates render, and unseal it in its HTML answers."""
    from .answer import Answers
    from .environment import guard, prepare_environment
    from .marker import Sealer
    from .plan import Plan
    from .render import Renderer

    plan = Plan.of(gate.policy)
    sealer = Sealer(gate.app)
    renderer = Renderer(gate.app, plan, sealer)

    def prepare(environment: Environment) -> None:
        for name, function in gate.template_globals.items():
            environment.globals.setdefault(name, function)
        if not plan.empty:
            guard(environment, renderer)

    gate.template_globals["csp_nonce"] = csp_nonce
    prepare_current = prepare_environment(gate.app, prepare)
    gate.arrivals.append(lambda context: prepare_current())
    if not plan.empty:
        gate.renderings.append(Answers(plan, sealer))
