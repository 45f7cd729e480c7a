"""What names say: of a password, of a secret, of a value that must not be guessed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


PASSWORDS: Final = word_set("password passwd pwd passphrase passcode passwort pw passw")
_NO_PASSWORD: Final = word_set("hash hashed field reset token policy length changed file path url")
_SECRETS: Final = word_set("secret secrets token apikey signature sig hmac mac otp totp csrf credential")
_KEYS: Final = word_set(
    """
    api access secret private auth signing sign master app session link hook webhook shared hmac encryption service
    admin client
    """
)
_CODES: Final = word_set(
    """
    reset login invite invitation verification verify confirm confirmation activation recovery backup auth otp mfa
    access sms security one link share pin unlock pairing
    """
)
_NEVER: Final = word_set(
    """
    type kind name names field header count length len size expiry expires ttl id ids url uri path file status index
    version param label prefix suffix format algorithm alg method form max min used age valid exists created purpose
    scope class issuer tokens position pos stats sort cache translation lexer enabled required input error message
    location lifetime endpoint help description limit role limits bucket text hint scheme
    """
)


@functools.lru_cache(20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of an identifier, in lower case: ``resetToken`` and ``RESET_TOKEN`` have the same."""
    return tuple(part.lower() for part in _PARTS.findall(name))


@functools.lru_cache(20_000)
def is_password(name: str) -> bool:
    """Return whether a name is that of a password itself, and not of what is about it."""
    words = frozenset(words_of(name))
    return not words.isdisjoint(PASSWORDS) and words.isdisjoint(_NO_PASSWORD)


@functools.lru_cache(20_000)
def is_secret(name: str) -> bool:
    """Return whether a name is that of something that who knows it is let in by: a token, a key, a code."""
    words = words_of(name)
    if not words or not _NEVER.isdisjoint(words):
        return False
    return _names_secret(words) or is_key(name)


def _names_secret(words: tuple[str, ...]) -> bool:
    if not _SECRETS.isdisjoint(words) or not PASSWORDS.isdisjoint(words):
        return "public" not in words
    return words[-1] in ("code", "codes", "pin") and len(words) > 1 and not _CODES.isdisjoint(words[:-1])


@functools.lru_cache(20_000)
def is_key(name: str) -> bool:
    """Return whether a name is that of a key that a secret is: ``api_key``, ``GREENHOUSE_KEY``, ``self._key``."""
    words = words_of(name)
    if not words or words[-1] not in ("key", "keys") or not {"public", "foreign", "primary", "cache"}.isdisjoint(words):
        return False
    if not _KEYS.isdisjoint(words[:-1]):
        return True
    return len(words) > 1 and name.isupper() and _NEVER.isdisjoint(words)


def any_password(names: Iterable[str]) -> bool:
    """Return whether one of some names is that of a password."""
    return any(map(is_password, names))


def any_secret(names: Iterable[str]) -> bool:
    """Return whether one of some names is that of a secret."""
    return any(map(is_secret, names))


_GENERATED: Final = word_set("sid apikey sessid sessionid nonce")


@functools.lru_cache(20_000)
def must_not_be_guessed(name: str) -> bool:
    """Return whether a value under this name is of use only while nobody guesses it."""
    words = words_of(name)
    if not words:
        return False
    if not _GENERATED.isdisjoint(words) or words[-2:] in (("session", "id"), ("session", "key")):
        return True
    if words[-1] in ("factory", "generator", "url", "link") and len(words) > 1:
        return must_not_be_guessed("_".join(words[:-1]))
    if words[0] in ("make", "generate", "gen", "create", "new", "random", "build", "get", "issue") and len(words) > 1:
        return must_not_be_guessed("_".join(words[1:])) or words[1:] == ("key",)
    return is_secret(name)
