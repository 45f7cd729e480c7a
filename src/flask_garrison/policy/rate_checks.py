"""Checkers for limits: how many in which time, and where they are counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import PolicyError, nearest

STORAGES = ("memory", "redis", "rediss", "redis+unix", "valkey", "valkeys", "valkey+unix")
"""Schemes of storages that the guard works with."""
_RATE = r"\d{1,12}\s*(/|\s+per\s+)\s*(\d{1,6}\s*)?(second|minute|hour|day|month|year)s?\Z"


def rate(key: str, value: object) -> str:
    """Accept one limit, such as ``'10 per 15 minutes'`` or ``'5/second'``."""
    text = " ".join(value.lower().split()) if isinstance(value, str) else value
    if not isinstance(text, str) or not re.match(_RATE, text) or not int(re.findall(r"\d+", text)[0]):
        raise PolicyError(key, f"{value!r} is not a limit such as '10 per 15 minutes' or '5/second'.")
    return text


def rates(key: str, value: object) -> tuple[str, ...]:
    """Accept limits as a sequence, or as one text with semicolons between them."""
    if isinstance(value, str):
        value = [part for part in re.split(r"[;,|]", value) if part.strip()]
    if not isinstance(value, Iterable):
        raise PolicyError(key, f"{value!r} is not a list of limits such as '10 per minute'.")
    return tuple(rate(key, item) for item in value)


def storage(key: str, value: object) -> str:
    """Accept the URL of a storage; its scheme is checked, the rest when it is first used."""
    if not isinstance(value, str) or "://" not in value:
        raise PolicyError(key, "it is not a URL such as 'memory://' or 'redis://localhost:6379/0'.")
    scheme = value.partition("://")[0]
    if scheme not in STORAGES:
        raise PolicyError(key, f"{scheme!r} is not a storage of limits.", nearest=nearest(scheme, STORAGES))
    return value
