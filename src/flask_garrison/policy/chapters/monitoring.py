"""Settings of the chapter ``monitoring``: whom to tell."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks
from ..setting import setting, settings


@settings(frozen=True, kw_only=True)
class MonitoringSettings:
    """Whom those tell who find a flaw."""

    security_contacts: tuple[str, ...] = setting(
        (),
        checks.contacts,
        "Where to report a flaw: `mailto:`, `https:` or `tel:` addresses, served as `/.well-known/security.txt` "
        "(RFC 9116).",
        "Without one, those who find a flaw publish it or keep it.",
    )
    security_txt: Mapping[str, tuple[str, ...]] = setting(
        {},
        checks.security_txt,
        "More fields of security.txt, such as `{'Policy': ['https://shop.example/security']}`.",
        "An `Expires` in the past tells readers to ignore the file.",
    )
