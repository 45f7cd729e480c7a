"""Evidence without the secrets of the application that it was taken from."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, quote_plus

from flask import Flask

from ...findings import Evidence
from ...guard.error_pages.secret_values import SecretValues

_MASK = "..."


def masked(app: Flask, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return evidence in which no value of a secret setting stands, as it is or as part of an address."""
    texts = {clue.text for clue in SecretValues(app).clues()}
    # The longest first: one secret may be part of another.
    spellings = sorted({one for text in texts for one in (text, quote(text), quote_plus(text))}, key=len, reverse=True)
    return tuple(
        Evidence(item.kind, _hidden(item.summary, spellings), _hidden(dict(item.data), spellings)) for item in evidence
    )


def _hidden(value: Any, secrets: list[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, _MASK)
        return value
    if isinstance(value, list | tuple):
        return [_hidden(item, secrets) for item in value]
    if isinstance(value, dict):
        return {key: _hidden(item, secrets) for key, item in value.items()}
    return value
