"""Names of security events: the OWASP Application Logging Vocabulary.

A name may be followed by arguments, ``name:first,second``, as the vocabulary writes them. Source: OWASP Cheat Sheet
Series, Logging Vocabulary.
"""

from __future__ import annotations

from ..errors import nearest

_BY_SUBJECT: dict[str, tuple[str, ...]] = {
    "authn": (
        "impossible_travel",
        "login_fail",
        "login_fail_max",
        "login_lock",
        "login_success",
        "login_successafterfail",
        "password_change",
        "password_change_fail",
        "token_created",
        "token_delete",
        "token_reuse",
        "token_revoked",
    ),
    "authz": ("admin", "change", "fail"),
    "crypt": ("decrypt_fail", "encrypt_fail"),
    "excess": ("rate_limit_exceeded",),
    "input": ("validation_discrete_fail", "validation_fail"),
    "malicious": ("attack_tool", "cors", "direct_reference", "excess_404", "extraneous"),
    "privilege": ("permissions_changed",),
    "sensitive": ("create", "delete", "read", "update"),
    "sequence": ("fail",),
    "session": ("created", "expired", "renewed", "use_after_expire"),
    "sys": ("crash", "monitor_disabled", "monitor_enabled", "restart", "shutdown", "startup"),
    "upload": ("complete", "delete", "stored", "validation"),
    "user": ("archived", "created", "deleted", "updated"),
}

NAMES: frozenset[str] = frozenset(f"{subject}_{verb}" for subject, verbs in _BY_SUBJECT.items() for verb in verbs)
"""Every name of the vocabulary, without arguments."""


def name_with(name: str, *arguments: str) -> str:
    """Return ``name`` with its arguments; commas inside an argument become spaces.

    Raises:
        ValueError: if the vocabulary has no such name.
    """
    if name not in NAMES:
        raise ValueError(f"{name!r} is not in the vocabulary; the nearest name is {nearest(name, NAMES)!r}.")
    if not arguments:
        return name
    return f"{name}:{','.join(argument.replace(',', ' ') for argument in arguments)}"
