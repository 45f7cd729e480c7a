"""What compiled templates call while they render: ``environment.garrison``."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar, Token
from itertools import pairwise
from typing import TYPE_CHECKING

from ...context import SecurityContext, current
from ..html import Tokenizer
from .marker import Sealer, element_of, first_tag, insert
from .plan import Plan

if TYPE_CHECKING:
    from flask import Flask
    from jinja2 import Environment

_muted: ContextVar[bool] = ContextVar("garrison_muted", default=False)
_MAX_FIXED = 1_024
_MAX_TEXT = 2_048


class Renderer:
    """Seals rendered elements. Whatever is rendered outside a request of its own application it returns unchanged."""

    def __init__(self, app: Flask, plan: Plan, sealer: Sealer) -> None:
        self._app = app
        self.plan = plan
        self._sealer = sealer

    def seal(self, text: str) -> str:
        """Return ``text``, which begins with an element of the author's, with that element sealed.

        What follows the element's end as a browser finds it is not covered: a variable may have closed it early.
        """
        if not isinstance(text, str) or self._context() is None:  # a native environment renders other things too
            return text
        return self._remembered(text)

    def seal_fixed(self, text: str) -> str:
        """Do the same for text without any variable part, once a key."""
        return text if self._context() is None else self._remembered(text)

    def _remembered(self, text: str) -> str:
        """Return what :meth:`_sealed` does: the same text under the same key gives the same seal."""
        fixed = self._sealer.fixed()
        sealed = fixed.get(text)
        if sealed is None:
            sealed = self._sealed(text)
            if len(text) <= _MAX_TEXT:
                if len(fixed) >= _MAX_FIXED:
                    fixed.clear()
                fixed[text] = sealed
        return sealed

    def seal_all(self, text: str) -> str:
        """Return ``text``, all of which counts as the author's, with every element sealed that the plan asks for."""
        if not text or self._context() is None:
            return text
        starts = [*_starts(text), len(text)]
        return text[: starts[0]] + "".join(self._sealed(text[a:b]) for a, b in pairwise(starts))

    def pin(self, text: str) -> str:
        """Mark a start tag whose end the compiler could not find: the marker is good for this answer only."""
        context = self._context()
        if not text or context is None:
            return text
        data, tag = first_tag(text.encode("utf-8", "surrogatepass"))
        if tag is None or not self.plan.wants(tag):
            return text
        return _marked(data, tag.name, self._sealer.pin(context.nonce))

    def mute(self) -> Token[bool]:
        """Seal nothing until :meth:`unmute`: what is rendered now becomes part of a string, a comment or a value."""
        return _muted.set(True)

    def unmute(self, token: Token[bool]) -> None:
        """End what :meth:`mute` began."""
        _muted.reset(token)

    @staticmethod
    def included(environment: Environment, template: object, parent: str | None, ignore_missing: bool) -> Iterator[str]:
        """Yield what ``{% include ... without context %}`` writes."""
        from jinja2 import TemplateNotFound

        try:
            found = environment.get_or_select_template(template, parent)  # type: ignore[arg-type]
        except TemplateNotFound:
            if not ignore_missing:
                raise
            return
        yield from found._get_default_module()._body_stream

    def _context(self) -> SecurityContext | None:
        if _muted.get():
            return None
        context = current()
        return context if context is not None and context.app is self._app else None

    def _sealed(self, text: str) -> str:
        data, tag = first_tag(text.encode("utf-8", "surrogatepass"))
        if tag is None or not self.plan.wants(tag):
            return text
        element = element_of(tag, data)
        if element is None:
            return text
        return _marked(data, tag.name, self._sealer.mac(data[: element.end]))


def _starts(text: str) -> list[int]:
    tokenizer = Tokenizer()
    return [tag.start for tag in tokenizer.feed(text.encode("ascii", "replace")) if not tag.closing]


def _marked(data: bytes, name: str, mac: str) -> str:
    return insert(data, name, mac).decode("utf-8", "surrogatepass")
