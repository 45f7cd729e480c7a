"""Text of events, written so that it can break out of nothing: not of a string, a comment, a line or a terminal."""

from __future__ import annotations

from collections.abc import Mapping

_MAX_SHOWN = 300


def plain(text: str) -> str:
    """Return one line of printable ASCII; everything else as a Python escape, and cut where it is long."""
    safe = text[:_MAX_SHOWN].encode("unicode_escape").decode("ascii")
    return safe + ("..." if len(text) > _MAX_SHOWN else "")


def python_value(value: object) -> str:
    """Return a literal of Python, in ASCII."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(str(key))}: {python_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(python_value(item) for item in value)}]"
    return ascii(value)


def toml_value(value: object) -> str:
    """Return a value of TOML 1.0: a string, integer, boolean, array or inline table, in ASCII."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_quoted(str(key))} = {toml_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, tuple | list):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    # Both languages know these escapes, and \U with eight digits.
    return '"' + "".join(_letter(letter) for letter in text) + '"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if " " <= letter <= "~":
        return letter
    # A lone surrogate is no character, in TOML at least.
    code = 0xFFFD if 0xD800 <= ord(letter) <= 0xDFFF else ord(letter)
    return f"\\U{code:08x}"
