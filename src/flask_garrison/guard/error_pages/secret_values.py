"""The values that no answer may show: what the configuration and the environment keep under a secret's name."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from flask import Flask

from .clues import SHORTEST, Clue

_SECRETS = (
    r"(?i)(?:^|[_\W]|(?-i:(?<=[a-z])(?=[A-Z])))(?:secrets?|passwords?|passwd|pass|pwd|passphrase|tokens?|"
    r"(?:api|secret|private)?keys?|salt|pepper|credentials?|dsn)"
    r"(?:[_\W]?(?:fallbacks?|value|prod|production|live|current|old|\d+))?$|(?:^|_)secret_"
)
_PUBLIC_NAME = (
    # Flask-JWT-Extended and Flask-Security call so the place in an answer that a token stands in.
    r"(?i)public|publishable|site_?key|json_key$|token_authentication_key$"
    r"|(?:^|_)(?:msg|message|label|template|subject|name|header|url|path|file)s?(?:_|$)"
)
_WORD = r"[a-z]{1,11}\Z"
_MAX_DEPTH = 3
_MAX_ITEMS = 100


class SecretValues:
    """The secrets of one application, collected at the first error answer and again when its configuration changed."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        # The values themselves, not their ids alone: a value that is kept cannot give its id to another.
        self._read: list[object] = []
        self._clues: frozenset[Clue] = frozenset()

    def clues(self) -> frozenset[Clue]:
        """Return every secret as a clue, with the name under which it is kept."""
        values = list(self._app.config.values())
        same = len(values) == len(self._read) and all([a is b for a, b in zip(values, self._read, strict=True)])
        if not same:
            self._clues = frozenset((*_secrets_of(self._app.config), *_secrets_of(os.environ)))
            self._read = values
        return self._clues


def _secrets_of(settings: Mapping[str, object]) -> Iterator[Clue]:
    for name, value in list(settings.items()):
        for key, text in _texts(str(name), value, 0):
            yield from _clues_in(str(name), key, text)


def _texts(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """Yield each text in a value with the name that it stands under: a key of a mapping, else the setting's."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        yield name, value
    elif depth < _MAX_DEPTH and isinstance(value, Mapping):
        for key, content in list(value.items())[:_MAX_ITEMS]:
            yield from _texts(name if is_secret_name(name) else str(key), content, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, list | tuple | set | frozenset):
        for content in list(value)[:_MAX_ITEMS]:
            yield from _texts(name, content, depth + 1)


def _clues_in(setting: str, key: str, text: str) -> Iterator[Clue]:
    for secret in _password_in_url(text) if "://" in text else ():
        yield Clue("secret", secret, setting)
    # A short word of letters alone, such as a password "postgres", would be found in honest sentences.
    if is_secret_name(key) and len(text) >= SHORTEST and not re.match(_WORD, text):
        yield Clue("secret", text, setting)


def _password_in_url(text: str) -> Iterator[str]:
    """Yield the password of a URL, as written and decoded, and the whole user information for a short one."""
    try:
        parts = urlsplit(text.strip())
        password = parts.password
    except ValueError:
        return
    if not password:
        return
    userinfo = parts.netloc.rpartition("@")[0]
    if len(userinfo) >= SHORTEST:
        yield f"{userinfo}@"
    for written in {password, unquote(password)}:
        if len(written) >= SHORTEST and not re.match(_WORD, written):
            yield written


@functools.lru_cache(maxsize=2048)
def is_secret_name(name: str) -> bool:
    """Return whether a setting of this name holds a secret: ``SECRET_KEY``, ``DB_PASS``, ``apiToken``."""
    return re.search(_SECRETS, name) is not None and re.search(_PUBLIC_NAME, name) is None
