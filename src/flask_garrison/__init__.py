"""Flask-Garrison: the standing defence of a Flask application.

from flask_garrison import Garrison
Garrison(app)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import events
from ._lazy import at_first_use
from ._version import __version__
from .context import Principal
from .errors import GarrisonError, PolicyError, Refusal
from .extension import Garrison
from .policy import Policy, view_policy

if TYPE_CHECKING:
    from .guard.clear_site_data import clear_site_data
    from .guard.csrf import csrf_token
    from .guard.integrity import static_integrity
    from .guard.nonces import csp_nonce
    from .inputs.schemas import validated

__all__ = [
    "Garrison",
    "GarrisonError",
    "Policy",
    "PolicyError",
    "Principal",
    "Refusal",
    "__version__",
    "clear_site_data",
    "csp_nonce",
    "csrf_token",
    "events",
    "static_integrity",
    "validated",
    "view_policy",
]
__getattr__ = at_first_use(
    __name__,
    {
        "clear_site_data": "guard.clear_site_data",
        "csp_nonce": "guard.nonces",
        "csrf_token": "guard.csrf",
        "static_integrity": "guard.integrity",
        "validated": "inputs.schemas",
    },
)
