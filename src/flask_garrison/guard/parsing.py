"""Where a body becomes values: guards stand around the parsers of forms and of JSON, and never start one themselves.

Both are replaced on the request *instance*, so that a parser class, a JSON provider or a request class of the
application's own keeps doing the work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Request

Around = Callable[..., Any]
_ONE_MESSAGE = ("HTTP/1.0", "HTTP/1.1")


def may_have_body(environ: dict[str, Any]) -> bool:
    """Return whether the request may carry a body (RFC 9112, section 6.3); other protocols need not announce one."""
    if environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ:
        return True
    return environ.get("SERVER_PROTOCOL") not in _ONE_MESSAGE


def around_forms(request: Request, around: Around) -> None:
    """Call ``around(parse, stream, mimetype, content_length, options)`` where the application has a form parsed."""
    make: Callable[[], Any] = request.make_form_data_parser
    setattr(request, "make_form_data_parser", lambda: _FormParser(make(), around))  # noqa: B010


def around_json(request: Request, around: Around) -> None:
    """Call ``around(loads, data, **options)`` where the application has JSON parsed by its request."""
    request.json_module = _JSON(request.json_module, around)


def guarded_loads(request: Request, module: Any) -> Callable[..., Any]:
    """Return ``module.loads`` with the guards of ``request`` around it, where its own module does not parse."""
    loads: Callable[..., Any] = _around_again(request.json_module, module).loads
    return loads


def _around_again(guarded: Any, module: Any) -> Any:
    return _JSON(_around_again(guarded._inner, module), guarded.around) if isinstance(guarded, _JSON) else module


class _FormParser:
    """A form parser that a guard stands around."""

    def __init__(self, inner: Any, around: Around) -> None:
        self._inner = inner
        self.parse = partial(around, inner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _JSON:
    """A module or provider of JSON whose ``loads`` a guard stands around."""

    def __init__(self, inner: Any, around: Around) -> None:
        self._inner = inner
        self.around = around
        self.loads = partial(around, inner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def innermost(parser: Any) -> Any:
    """Return the application's own parser or JSON module that guards stand around."""
    while isinstance(parser, _FormParser | _JSON):
        parser = parser._inner
    return parser
