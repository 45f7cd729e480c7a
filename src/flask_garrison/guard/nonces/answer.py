"""Unseals HTML answers: a copy of each, because the application may keep the original and answer with it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from werkzeug.http import generate_etag, parse_options_header

from ...events import record
from ..answer import copy_of
from ..csrf_token import issue_token
from ..origins import own_origin
from ..outgoing import names_of
from .marker import SIGN, Sealer
from .unsealer import Unsealer

if TYPE_CHECKING:
    from flask import Response

    from ...context import SecurityContext
    from .plan import Plan

_TYPES = ("text/html", "application/xhtml+xml")
# In these every ASCII byte means itself, so that what is verified is what a browser reads.
_CHARSETS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-15", "latin-9"), "iso-8859-15"),
}
_UNREADABLE = frozenset({"content-encoding", "content-range"})
_REPORTED_KEY = "flask_garrison.refused_markers"
_READ_KEY = "flask_garrison.unsealed_body"
_UNASKED: Any = object()


class _Answer:
    """Nonce, token and origin of one answer, each read when a marker needs it.

    What is saved as a file (RFC 6266) gets neither: it is what the template says, and may be handed on.
    """

    def __init__(self, context: SecurityContext, response: Response, forms: bool) -> None:
        self._context = context
        self._saved = response.headers.get("Content-Disposition", "").strip().lower().startswith("attachment")
        self._token: str | None = _UNASKED if forms and not self._saved else None

    @property
    def nonce(self) -> str:
        return "" if self._saved else self._context.nonce

    @property
    def gives_tokens(self) -> bool:
        """Whether a form may get one: a browser that sends Fetch Metadata needs none."""
        return self._token is not None and "HTTP_SEC_FETCH_SITE" not in self._context.request.environ

    @property
    def token(self) -> str | None:
        if self._token is _UNASKED:
            self._token = issue_token(self._context)
        return self._token

    @property
    def origin(self) -> str:
        return own_origin(self._context.request) or ""


class Answers:
    """Unseals the answers of one application; a ``rendering`` of the gate."""

    def __init__(self, plan: Plan, sealer: Sealer) -> None:
        self._plan = plan
        self._sealer = sealer

    def __call__(self, context: SecurityContext, response: Response) -> Response:
        """Return ``response``, or a copy with this answer's nonces and tokens in place of markers."""
        chunks = response.response
        if type(chunks) is list and len(chunks) == 1 and chunks[0] is context.request.environ.get(_READ_KEY, self):
            # Seen before the application's after_request functions, and they left it as it was.
            return response
        if not _is_readable_html(response):
            return response
        if response.is_sequence:
            return self._whole(context, response)
        if isinstance(response.response, UnsealedStream):
            return response
        return self._stream(context, response)

    def _whole(self, context: SecurityContext, response: Response) -> Response:
        body = response.get_data()
        environ = context.request.environ
        if environ.get(_READ_KEY) is body or SIGN not in body:
            environ[_READ_KEY] = body
            return response
        answer = _Answer(context, response, self._plan.forms)
        unsealer = self._unsealer(answer, response)
        unsealed = unsealer.feed(body, final=True)
        self._report(context, response, unsealer)
        if unsealed == body:
            return response
        environ[_READ_KEY] = unsealed
        fresh = _copied(response)
        fresh.response = [unsealed]
        if "Content-Length" in fresh.headers:
            fresh.content_length = len(unsealed)
        fresh.__dict__["garrison_nonce"] = answer.nonce.encode()
        return fresh

    def _stream(self, context: SecurityContext, response: Response) -> Response:
        answer = _Answer(context, response, self._plan.forms)
        # The session's cookie leaves before the body is made, so whether there is a token is decided now.
        answer.token  # noqa: B018
        unsealer = self._unsealer(answer, response)
        fresh = _copied(response)
        fresh.headers.pop("Content-Length", None)
        fresh.response = UnsealedStream(response.response, unsealer, lambda: self._report(context, response, unsealer))
        return fresh

    def _unsealer(self, answer: _Answer, response: Response) -> Unsealer:
        mimetype, charset = _html_kind(response.headers["Content-Type"])
        return Unsealer(self._sealer, answer, xml=mimetype != "text/html", charset=charset)

    def _report(self, context: SecurityContext, response: Response, unsealer: Unsealer) -> None:
        """Record, once an answer, that it carried markers which were not made for what they stand on."""
        environ = context.request.environ
        if not unsealer.refused or environ.setdefault(_REPORTED_KEY, unsealer) is not unsealer:
            return
        enforced = context.policy.mode_of("headers.csp") == "enforce"
        record(
            context,
            "malicious_extraneous",
            control="headers.csp",
            outcome="refused" if enforced else "would_refuse",
            status=response.status_code,
            detail={
                "markers": len(unsealer.refused),
                "elements": sorted(set(unsealer.refused)),
                "note": "Changed after rendering, copied from elsewhere, or made with another SECRET_KEY.",
            },
        )


class UnsealedStream:
    """A streamed body on its way out."""

    def __init__(self, chunks: Iterable[Any], unsealer: Unsealer, report: Any) -> None:
        self._source = chunks
        self._unsealer = unsealer
        self._report = report
        self._chunks = self._unsealed()

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """Close the application's iterable."""
        close = getattr(self._source, "close", None)
        if close is not None:
            close()

    def _unsealed(self) -> Iterator[bytes]:
        for chunk in self._source:
            ready = self._unsealer.feed(chunk.encode() if isinstance(chunk, str) else bytes(chunk))
            if ready:
                yield ready
        rest = self._unsealer.feed(b"", final=True)
        self._report()
        if rest:
            yield rest


def _is_readable_html(response: Response) -> bool:
    if response.direct_passthrough or not _html_kind(response.headers.get("Content-Type", ""))[1]:
        return False
    return names_of(response.headers).isdisjoint(_UNREADABLE)


@lru_cache(maxsize=64)
def _html_kind(content_type: str) -> tuple[str, str]:
    """Return media type and charset; an empty charset if it is no HTML or cannot be read byte by byte."""
    mimetype, parameters = parse_options_header(content_type)
    charset = _CHARSETS.get(parameters.get("charset", "utf-8").lower(), "")
    return mimetype, charset if mimetype in _TYPES else ""


def _copied(response: Response) -> Response:
    kind: Any = type(response)
    return copy_of(response, _with_stable_etag(kind))


@cache
def _with_stable_etag(base: Any) -> Any:
    """Return the class of an unsealed answer: ``add_etag`` leaves the nonce out, so that unchanged pages match."""

    class UnsealedResponse(base):  # type: ignore[misc]
        garrison_nonce = b""

        def add_etag(self, overwrite: bool = False, weak: bool = False) -> None:
            if not self.garrison_nonce or not self.is_sequence:
                super().add_etag(overwrite, weak)
            elif overwrite or "etag" not in self.headers:
                self.set_etag(generate_etag(self.get_data().replace(self.garrison_nonce, b"")), weak)

    UnsealedResponse.__name__ = UnsealedResponse.__qualname__ = base.__name__
    return UnsealedResponse
