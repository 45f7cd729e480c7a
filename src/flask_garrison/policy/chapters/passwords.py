"""Settings of the chapter ``passwords``."""

from __future__ import annotations

from .. import checks
from ..setting import setting, settings


@settings(frozen=True, kw_only=True)
class PasswordsSettings:
    """Where passwords are changed."""

    change_password_endpoint: str | None = setting(
        None,
        checks.optional_name,
        "The endpoint of the page where a password is changed; `/.well-known/change-password` leads to it.",
        "Password managers cannot find the page.",
    )
