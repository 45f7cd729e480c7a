"""Small checkers for policy fields: each takes the field's name and a value and returns the value in its final form.

A checker raises :class:`PolicyError` for a value of the wrong type or out of range. Sequences become tuples and
mappings
become read-only, so that a policy cannot be changed behind the validation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from ..errors import PolicyError, nearest
from .modes import GUARDED_CONTROLS, MODES

Checker = Callable[[str, object], object]

# Text, not compiled patterns: only what a policy states is checked, and most of these are never used.
_DIRECTIVE = r"[a-z]+(-[a-z]+)*\Z"
_SOURCE = r"[^\s;,]+\Z"
_FEATURE = r"[a-z]+(-[a-z]+)*\Z"
_PATH = r"/[A-Za-z0-9._~/-]*[A-Za-z0-9_~-]\Z"
_HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z"
_HOST = r"[A-Za-z0-9._:\[\]-]*\Z"
_KEYWORDS = ("self", "none", "strict-dynamic", "unsafe-inline", "unsafe-eval", "unsafe-hashes", "report-sample")
_DIRECTIVES = frozenset(
    (
        *(
            f"{kind}-src"
            for kind in ("child", "connect", "default", "fenced-frame", "font", "frame", "img", "manifest")
        ),
        *(f"{kind}-src" for kind in ("media", "object", "script", "style", "worker")),
        *("script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr"),
        *("base-uri", "form-action", "frame-ancestors", "sandbox", "upgrade-insecure-requests"),
        *("require-trusted-types-for", "trusted-types", "report-uri", "report-to", "block-all-mixed-content"),
    )
)
"""Directives of CSP Level 3 and the specifications that extend it."""
_FEATURES = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "window-management",
    "xr-spatial-tracking",
)
"""Features that browsers know; others may be named too, unless they look like one of these misspelt."""
_DANGERS = {
    "'unsafe-inline'": "allow_insecure_inline_scripts",
    "'unsafe-eval'": "allow_insecure_eval",
    "'unsafe-hashes'": "allow_insecure_inline_handlers",
}
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def one_of(*choices: object) -> Checker:
    """Accept exactly one of ``choices`` (``None`` may be one of them)."""
    names = [choice for choice in choices if isinstance(choice, str)]

    def check(key: str, value: object) -> object:
        if isinstance(value, bool) != any(isinstance(choice, bool) for choice in choices) or value not in choices:
            words = ", ".join(repr(choice) for choice in choices)
            raise PolicyError(key, f"{value!r} is not one of {words}.", nearest=nearest(str(value), names))
        return value

    return check


def boolean(key: str, value: object) -> bool:
    """Accept ``True`` or ``False`` and nothing that is merely truthy."""
    if not isinstance(value, bool):
        raise PolicyError(key, f"{value!r} is not True or False.")
    return value


def integer(low: int, high: int) -> Checker:
    """Accept a whole number from ``low`` to ``high``, both included."""

    def check(key: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise PolicyError(key, f"{value!r} is not a whole number from {low} to {high}.")
        return value

    return check


def optional_callable(key: str, value: object) -> object:
    """Accept a callable or ``None``."""
    if value is not None and not callable(value):
        raise PolicyError(key, f"{value!r} cannot be called.")
    return value


def words(pattern: str, what: str) -> Checker:
    """Accept a sequence of strings that match ``pattern``; a lone string is an error, not a sequence of letters."""

    def check(key: str, value: object) -> tuple[str, ...]:
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise PolicyError(key, f"{value!r} is not a list of {what}s.")
        items = tuple(value)
        for item in items:
            if not isinstance(item, str) or not re.match(pattern, item):
                raise PolicyError(key, f"{item!r} is not a {what}.")
        return items

    return check


names = words(r"\S+\Z", "name")
folders = words(r"[^\0]+\Z", "folder")
header_names = words(_HEADER_NAME, "header name")


def sources(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of CSP sources; a keyword without its quotes would be read as a host and is an error."""
    items: tuple[str, ...] = words(_SOURCE, "CSP source")(key, value)  # type: ignore[assignment]
    for item in items:
        if item.lower() in _KEYWORDS:
            raise PolicyError(key, f"{item!r} is a keyword and needs its quotes.", nearest=f"'{item.lower()}'")
    return items


def origin(key: str, value: object) -> str:
    """Return ``value`` as a canonical origin: ``scheme://host[:port]``, lower case, the default port left out.

    Raises:
        PolicyError: for a wildcard, ``null``, a path, user information, or another scheme than http and https.
    """
    if not isinstance(value, str):
        raise PolicyError(key, f"{value!r} is not an origin such as 'https://shop.example'.")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise PolicyError(key, f"{value!r} is not an origin: {error}.") from error
    exact = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if not exact or parts.query or parts.fragment or "@" in parts.netloc or "*" in value:
        raise PolicyError(
            key, f"{value!r} is not an exact origin such as 'https://shop.example' (no path, no wildcard)."
        )
    if not re.match(_HOST, parts.netloc):
        raise PolicyError(key, f"{value!r} does not name its host as browsers send it.", nearest=_as_sent(parts))
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    suffix = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def _as_sent(parts: SplitResult) -> str | None:
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        return None
    return f"{parts.scheme}://{host}" if re.match(_HOST, host) else None


def origins(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of exact origins."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise PolicyError(key, f"{value!r} is not a list of origins.")
    return tuple(origin(key, item) for item in value)


def methods(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of HTTP methods, upper case."""
    items: tuple[str, ...] = words(r"[A-Z]+\Z", "method")(key, value)  # type: ignore[assignment]
    return items


def url_path(key: str, value: object) -> str:
    """Accept an absolute URL path without a trailing slash, query or dot segments."""
    if not isinstance(value, str) or not re.match(_PATH, value) or ".." in value or "//" in value:
        raise PolicyError(key, f"{value!r} is not an absolute URL path such as '/_garrison/reports'.")
    return value


def directives(key: str, value: object) -> Mapping[str, tuple[str, ...]]:
    """Accept a mapping of CSP directive to its sources; what lets injected scripts run has settings of its own."""
    checked = _mapping(key, value, _DIRECTIVE, "CSP directive", sources)
    for name, listed in checked.items():
        if name not in _DIRECTIVES:
            raise PolicyError(
                f"{key}[{name!r}]", "browsers know no such directive.", nearest=nearest(name, _DIRECTIVES)
            )
        for danger, setting in _DANGERS.items() if name.startswith(("script-src", "default-src")) else ():
            if danger in (one.lower() for one in listed):
                raise PolicyError(f"{key}[{name!r}]", f"{danger} is allowed for single endpoints.", nearest=setting)
    return checked


def features(key: str, value: object) -> Mapping[str, tuple[str, ...]]:
    """Accept a mapping of Permissions-Policy feature to its allow-list (``self``, ``*``, or origins)."""
    allowed = words(r"(self|\*|https?://[^\s\"(),;]+)\Z", "value of a feature's allow-list")
    checked = _mapping(key, value, _FEATURE, "Permissions-Policy feature", allowed)
    for name in checked:
        near = nearest(name, _FEATURES)
        if near is not None and name not in _FEATURES and abs(len(near) - len(name)) <= 1:
            raise PolicyError(f"{key}[{name!r}]", "browsers know no such feature.", nearest=near)
    return checked


def control_modes(key: str, value: object) -> Mapping[str, str]:
    """Accept a mapping of control id to mode."""
    if not isinstance(value, Mapping):
        raise PolicyError(key, f"{value!r} is not a mapping of control to mode.")
    for control, mode in value.items():
        if control not in GUARDED_CONTROLS:
            raise PolicyError(
                f"{key}[{control!r}]",
                "there is no such control in this version.",
                nearest=nearest(str(control), GUARDED_CONTROLS),
            )
        if mode not in MODES:
            raise PolicyError(f"{key}[{control!r}]", f"{mode!r} is not a mode.", nearest=nearest(str(mode), MODES))
    return MappingProxyType(dict(value))


def _mapping(key: str, value: object, pattern: str, what: str, check: Checker) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise PolicyError(key, f"{value!r} is not a mapping.")
    result: dict[str, tuple[str, ...]] = {}
    for name, content in value.items():
        if not isinstance(name, str) or not re.match(pattern, name):
            raise PolicyError(key, f"{name!r} is not a {what}.")
        result[name] = check(f"{key}[{name!r}]", content)  # type: ignore[assignment]
    return MappingProxyType(result)


def optional_name(key: str, value: object) -> str | None:
    """Accept a name without blanks, or ``None``."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.match(r"\S+\Z", value):
        raise PolicyError(key, f"{value!r} is not a name.")
    return value


contacts = words(
    r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9.()-]+)\Z", "contact such as 'mailto:sec@shop.example'"
)


def security_txt(key: str, value: object) -> Mapping[str, tuple[str, ...]]:
    """Accept a mapping of security.txt field (RFC 9116) to its values; contacts have a setting of their own."""
    known = ("Expires", "Acknowledgments", "Canonical", "Encryption", "Hiring", "Policy", "Preferred-Languages", "CSAF")
    checked = _mapping(key, value, _HEADER_NAME, "field of security.txt", words(r"[^\r\n\0]+\Z", "line of text"))
    for name in checked:
        if name not in known:
            raise PolicyError(f"{key}[{name!r}]", "RFC 9116 has no such field.", nearest=nearest(name, known))
    return checked
