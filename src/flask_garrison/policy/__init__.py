"""The policy: what is guarded and how, decided once, before the first request."""

from __future__ import annotations

from .config import policy_from_config
from .fields import Policy
from .modes import GUARDED_CONTROLS, MODES, Mode
from .views import ViewPolicy, view_policy, view_policy_of

__all__ = [
    "GUARDED_CONTROLS",
    "MODES",
    "Mode",
    "Policy",
    "ViewPolicy",
    "policy_from_config",
    "view_policy",
    "view_policy_of",
]
