"""Flask-Garrison: the standing defence of a Flask application.

from flask_garrison import Garrison
Garrison(app)
"""

from __future__ import annotations

from . import events
from ._version import __version__
from .context import Principal
from .errors import GarrisonError, PolicyError, Refusal
from .extension import Garrison
from .guard.clear_site_data import clear_site_data
from .guard.csrf import csrf_token
from .guard.integrity import static_integrity
from .guard.nonces import csp_nonce
from .policy import Policy, view_policy

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
    "view_policy",
]
