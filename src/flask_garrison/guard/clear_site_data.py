"""Control ``headers.clear-site-data``: a helper for logout (ASVS V14.3.1)."""

from __future__ import annotations

from typing import TypeVar

from werkzeug.wrappers import Response

from ..errors import PolicyError, nearest

CONTROL = "headers.clear-site-data"
Answer = TypeVar("Answer", bound=Response)
KINDS = ("cache", "cookies", "storage", "executionContexts", "clientHints", "prefetchCache", "prerenderCache")


def clear_site_data(response: Answer, *kinds: str) -> Answer:
    """Ask the browser to forget what it stored for this site, and return ``response``.

    Args:
        kinds: What to forget; ``"cache", "storage"`` when none is named. ``"cookies"`` is only cleared by name, since
            it
            reaches every cookie of the whole registrable domain, other applications' included.

    Raises:
        PolicyError: for a kind that browsers do not know (W3C Clear Site Data).
    """
    for kind in kinds:
        if kind not in KINDS:
            raise PolicyError("clear_site_data", f"{kind!r} is not a kind of data.", nearest=nearest(kind, KINDS))
    response.headers["Clear-Site-Data"] = ", ".join(f'"{kind}"' for kind in kinds or ("cache", "storage"))
    return response
