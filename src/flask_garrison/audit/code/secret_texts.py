"""Whether a constant text is a secret: by the shape that its provider gives it, or by its name and its disorder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...guard.secret_strength import estimated_bits, is_placeholder
from .naming import is_password, is_secret, word_set, words_of

_SHAPES: Final = {
    "an access key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9]{8,}-[A-Za-z0-9-]{10,}",
    "a webhook of Slack": r"hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{20,}",
    "a key of Stripe": r"\b[rs]k_live_[0-9A-Za-z]{20,}",
    "a key of Google": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a key of SendGrid": r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "a key of OpenAI": r"\bsk-(?:proj-)?[A-Za-z0-9_-]{40,}",
    "a token of PyPI": r"\bpypi-AgEI[A-Za-z0-9_-]{50,}",
    "a token of npm": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a token of DigitalOcean": r"\bdop_v1_[a-f0-9]{64}\b",
    "a token of Telegram": r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b",
    "a token of Shopify": r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b",
    "a JSON Web Token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}",
    "a private key": r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/=]{40}",
}
_ALL: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _SHAPES.values()))
_EXAMPLE: Final = re.compile(
    r"example|sample|dummy|fake|test|xxxx|placeholder|0000000|1234567|abcdef|eyJzdWIiOiIxMjM0NTY3ODkw", re.IGNORECASE
)
IN_ADDRESS: Final = "a key in an address"
_IN_QUERY: Final = re.compile(
    r"[?&](?:api_?key|apikey|access_?token|auth_?token|secret|client_secret)=([A-Za-z0-9_.-]{16,})[\"'&]",
    re.IGNORECASE,
)

_OTHERWISE: Final = re.compile(
    r"[/.~]|\w+=|\w+://|\$|[<{%]|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|[HREP]S\d{3}$|application/|text/"
    r"|\W*$|[\w-]+\[|\d{1,4}[-/.:]\d|\(\?|.*\\[dwsb]|.*%(?:\(|[sdr]\b)|.*\$[({]|\$\w+$|.*\{\w*\}|\*+$|.*\s.*\s"
)
"""How texts begin, or are, that are no secrets: paths, addresses, names of variables, formats, sentences."""
_ABOUT: Final = word_set(
    """
    hash hashed digest checksum sha md fingerprint etag commit salt alphabet chars charset letters integrity regex
    pattern mask template title tooltip view route page msg column table attr property var env variable filter event
    action plugin module backend provider class icon key grant site public mode state domain group family set note
    query selector css html js identifier identity config setting option strategy policy source auth type reason
    code codes sep separator store storage location placeholder label question answer sitekey schema doc usage
    default docs comment verbose display caption ver version lock
    """
)
_KEY: Final = re.compile(
    r"(?:^|_)(?:api|secret|access|private|auth|signing|encryption|master|hmac|webhook|shared|link|service|admin|app|session)_?key$",
    re.IGNORECASE,
)


_BEGINNINGS: Final = (
    *(
        "AKIA",
        "ASIA",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xox",
        "hooks.slack.com",
        "k_live_",
    ),
    *(
        "AIza",
        "eyJ",
        "SG.",
        "sk-",
        "pypi-AgEI",
        "npm_",
        "dop_v1_",
        ":AA",
        "shpat_",
        "shpca_",
        "shppa_",
        "shpss_",
        "PRIVATE KEY",
    ),
)
"""One of these stands in every shape: a text without any of them need not be searched."""


def shaped(text: str) -> str:
    """Return what a text is by its shape, or an empty text."""
    if len(text) < 20 or not any(word in text for word in _BEGINNINGS) or not _ALL.search(text):
        return ""
    for words, pattern in _SHAPES.items():
        found = re.search(pattern, text)
        if found and not _EXAMPLE.search(found[0]):
            return words
    return ""


def shapes_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each shape in a file."""
    for found in _ALL.finditer(text) if any(word in text for word in _BEGINNINGS) else ():
        words = shaped(found[0])
        if words:
            yield text.count("\n", 0, found.start()) + 1, words
    for found in _IN_QUERY.finditer(text):
        if is_secret_text("token", found[1]) and not shaped(found[1]):
            yield text.count("\n", 0, found.start()) + 1, IN_ADDRESS


def names_hard_coded(name: str) -> bool:
    """Return whether a constant under this name may be a secret."""
    words = words_of(name)
    if not words or (words[-1] in _ABOUT and not _KEY.search(name) and not _is_constant_key(name, words)):
        return False
    if (
        _ABOUT
        & set(words[:-1])
        & {"hash", "digest", "checksum", "public", "placeholder", "label", "env", "sha", "salt", "test"}
    ):
        return False
    return is_password(name) or is_secret(name) or bool(_KEY.search(name))


def _is_constant_key(name: str, words: tuple[str, ...]) -> bool:
    return words[-1] == "key" and name.isupper() and is_secret(name)


def is_secret_text(name: str, text: str) -> bool:
    """Return whether a text under a secret's name is one, and no label, path, name or placeholder."""
    shortest = 6 if is_password(name) else 12
    if not shortest <= len(text) <= 300 or not text.isprintable() or _OTHERWISE.match(text):
        return False
    if _is_wording(text) or is_placeholder(text) or _EXAMPLE.search(text) or _is_placeholder_by_word(text):
        return False
    bits = estimated_bits(text)
    return bits >= (24 if is_password(name) else 48)


_PART: Final = re.compile(r"[A-Za-z]+\d{0,3}$|\d{1,3}$")
_BETWEEN: Final = re.compile(r"[-_.:/ !?=,]+")
_LONG_RANDOM: Final = re.compile(r"[A-Za-z]{24,}$")
_TELLING: Final = re.compile(
    r"change|replace|your|insert|todo|fixme|secret$|default|dev(?:el|$)|local|redacted|hidden|none$|null$|unset|required|optional|invalid"
    r"|censored|masked",
    re.IGNORECASE,
)


def _is_wording(text: str) -> bool:
    """Return whether a text consists of words: ``teacher_password``, ``app:v1:lock``; not of random letters."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if not all(map(_PART.match, parts)):
        return False
    if len(parts) == 1:
        return parts[0].isalpha() and (
            not _LONG_RANDOM.match(text) or text.islower() or text.isupper() or text.istitle()
        )
    return max(map(len, parts)) < 20


def _is_placeholder_by_word(text: str) -> bool:
    return bool(_TELLING.search(text))


_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://([^\s:/@]*):([^\s/@]+)@([^\s/:?]+)", re.IGNORECASE)
_HERE: Final = re.compile(
    r"localhost$|127\.|0\.0\.0\.0|::1|db$|postgres$|mysql$|redis$|host$|.*\bexample\b|rabbitmq$|mongo$|server$",
    re.IGNORECASE,
)


def password_in_address(text: str) -> bool:
    """Return whether an address holds a password that is one, for a host that is not this machine."""
    found = _ADDRESS.search(text)
    if not found or _HERE.match(found[3]):
        return False
    password = found[2]
    if _OTHERWISE.match(password) or is_placeholder(password) or _EXAMPLE.search(password) or len(password) < 6:
        return False
    return (
        password.lower() not in (found[1].lower(), "postgres", "guest")
        and not _TELLING.search(password)
        and not _is_wording(password)
    )
