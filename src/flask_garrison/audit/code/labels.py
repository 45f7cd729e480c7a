"""What a value is, besides what it is dangerous for: a password, a secret, guessable, a weak digest.

Labels are bits beside those of taint (:mod:`.values.taint`), so they travel the same way: through helpers, containers
and texts. They come from names, since nothing else tells a password from another text.
"""

from __future__ import annotations

import re
from typing import Final

PASSWORD: Final = 1 << 100
"""A password that a client sent, or that a function was given under such a name."""
SECRET: Final = 1 << 101
"""A key or token of the application, or what was computed with one."""
RANDOM: Final = 1 << 102
"""Made by a generator whose output can be foretold."""
DIGEST: Final = 1 << 103
"""A digest by a function that collisions are known of."""
ALL_LABELS: Final = PASSWORD | SECRET | RANDOM | DIGEST

_PASSWORD: Final = re.compile(r"(?:^|_)(?:passwords?|passwd|pwd|passphrase|pass_?word\d?|pw)(?:$|_)|password$", re.I)
_NOT_PASSWORD: Final = re.compile(r"hash|digest|encrypted|_id$|_url$|reset|policy|length|rounds|field|label|hint", re.I)
_SECRET: Final = re.compile(
    r"secret|api_?key|apikey|(?:^|_)(?:token|hmac|mac|signature|private_?key|signing_?key|auth_?key|access_?key|otp)(?:$|_)"
    r"|_key$|_token$|_secret$|(?:reset|confirm\w*|verif\w*|activation|invite)_(?:code|token)$",
    re.I,
)
_NOT_SECRET: Final = re.compile(
    r"public|_id$|_name$|_type$|primary|foreign|sort_?key|cache_?key|_field$|_url$|_header$|token_type|csrf_field", re.I
)
_CHOSEN: Final = re.compile(
    r"token|secret|passw|passphrase|(?:^|_)otp(?:$|_)|nonce|salt|csrf|api_?key|session_?id|(?:^|_)sid$|(?:^|_)(?:pin|key)$"
    r"|(?:reset|invit\w*|activation|verif\w*|confirm\w*|access|link|one_time|recovery|backup|auth\w*|sms|login|share)_?(?:code|key|id|link)s?"
    r"|(?:^|_)code$|credential|signature|share_?link",
    re.I,
)
_NOT_CHOSEN: Final = re.compile(
    r"colou?r|country|lang|status|zip|post|order|error|product|state|hex|exit|area|currency|qr|room|seat|sort|cache|public"
    r"|primary|foreign|sample|count|expir|type|_id$(?<!session_id)",
    re.I,
)


def names_password(name: object) -> bool:
    """Return whether a name is that of a password."""
    return isinstance(name, str) and bool(_PASSWORD.search(name)) and not _NOT_PASSWORD.search(name)


def names_secret(name: object) -> bool:
    """Return whether a name is that of a key, a token or a signature."""
    return isinstance(name, str) and bool(_SECRET.search(name)) and not _NOT_SECRET.search(name)


def names_what_must_not_be_guessed(name: object) -> bool:
    """Return whether a name is that of something whose worth is that nobody can guess it."""
    return (
        isinstance(name, str)
        and bool(_CHOSEN.search(name))
        and not (_NOT_SECRET.search(name) or _NOT_CHOSEN.search(name))
    )


def label_of(name: object) -> int:
    """Return the label that a name gives to a client's value."""
    return PASSWORD if names_password(name) else 0
