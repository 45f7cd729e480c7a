"""``garrison check --asvs``: a verdict on each requirement of OWASP ASVS 5.0, levels 1 and 2.

Nothing is *met* without evidence of this run. What no rule answers fully is a question to a person, together with what
the machine saw that helps.
"""

from __future__ import annotations

from .features import features_of
from .sighting import basis_of, sighted_in
from .verdicts import Basis, asvs_of

__all__ = ["Basis", "asvs_of", "basis_of", "features_of", "sighted_in"]
