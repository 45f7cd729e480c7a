"""Control ``inputs.body-limits``: the size, the parts and the nesting of a request are bounded.

Nothing is read here: limits are asked while the application reads, and parts are counted where it has them parsed.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote_plus

from flask import current_app
from flask import json as flask_json
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_content_length

from ..context import SecurityContext
from ..errors import Refusal, RefusedMalformed, RefusedMediaType, RefusedTooLarge
from ..events import Words, name_with
from ..policy import Mode
from .body_stream import CountedInput, LateStream
from .gate import Gate, refuse
from .json_body import Pairs, as_utf8, is_deeper, may_have_long, members
from .parsing import around_forms, around_json, innermost, may_have_body

CONTROL = "inputs.body-limits"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_FLASK_PARTS = 1_000


class RefusedEncoding(RefusedMediaType):
    """415: the body is encoded in a way that is not decoded here (RFC 9110, section 15.5.16)."""

    def get_headers(self, *arguments: Any, **options: Any) -> list[tuple[str, str]]:
        """Return the headers of the answer, with what would be accepted."""
        return [*super().get_headers(*arguments, **options), ("Accept-Encoding", "identity")]


def install(gate: Gate) -> None:
    """Count every body as it is read."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        gate.arrivals.append(lambda context: _arrive(context, mode))


def _arrive(context: SecurityContext, mode: Mode) -> None:
    environ = context.request.environ
    query = environ.get("QUERY_STRING")
    if query:
        _judge_query(context, mode, query)
    if may_have_body(environ):
        _Body(context, mode).stand_by()


def _judge_query(context: SecurityContext, mode: Mode, query: str) -> None:
    policy = context.policy
    if query.count("&") >= (context.view.max_fields or policy.max_fields):
        refuse(context, mode, _too_many(context, RefusedMalformed, "query"))
        return
    if len(query) > policy.max_name_length or policy.duplicate_parameters == "refuse":
        names = [unquote_plus(part.partition("=")[0]) for part in query.split("&") if part]
        judge_names(context, mode, names, policy.duplicate_parameters)


def judge_names(context: SecurityContext, mode: Mode, names: Sequence[str], duplicates: str) -> None:
    """Refuse a name that is too long, and one that comes twice where the policy says so."""
    limit = context.policy.max_name_length
    if duplicates != "refuse" and max(map(len, names), default=0) <= limit:
        return
    before: set[str] = set()
    for name in names:
        if len(name) > limit:
            refuse(context, mode, _long_name(name, limit, name))
            return
        if duplicates == "refuse" and name in before:
            refuse(context, mode, _duplicate(name, "duplicate_parameters"))
            return
        before.add(name)


class _Body:
    """The body of one request, as this guard watches it."""

    def __init__(self, context: SecurityContext, mode: Mode) -> None:
        self._context = context
        self._mode = mode
        self._said: set[str] = set()

    def stand_by(self) -> None:
        """Stand around the stream and the parsers. A stream that was opened already counts by what is left of it."""
        request = self._context.request
        length = get_content_length(request.environ)
        request.environ["wsgi.input"] = self._count(request.environ["wsgi.input"], length)
        if self._mode == "enforce" and "stream" not in request.__dict__:
            request.__dict__["stream"] = LateStream(request, self._count)
        around_forms(request, self._parse_form)
        around_json(request, self._load_json)

    def _count(self, raw: Any, length: int | None = None) -> CountedInput:
        ends = "wsgi.input_terminated" in self._context.request.environ
        return CountedInput(raw, self._limit, self._exceeded, length=length, ends=ends, cut=self._mode == "enforce")

    def _limit(self) -> int:
        stated = self._stated_limit()
        return self._default_limit() if stated is None else stated

    def _stated_limit(self) -> int | None:
        """Return what the view or the application says; the configuration also where Flask's context is gone."""
        context = self._context
        if context.view.max_body_bytes is not None:
            return context.view.max_body_bytes
        stated = context.request.max_content_length
        return context.app.config.get("MAX_CONTENT_LENGTH") if stated is None else stated

    def _default_limit(self) -> int:
        request, policy = self._context.request, self._context.policy
        if request.mimetype == _FORM:
            return policy.max_form_bytes
        return policy.max_json_bytes if request.is_json else policy.max_body_bytes

    def _exceeded(self, limit: int) -> None:
        self._refuse_once(_too_large(self._context, limit))

    def _refuse_once(self, refusal: Refusal) -> None:
        """Refuse; the next of its kind, in the same body or once the refusal was caught, makes no other event."""
        if refusal.event not in self._said:
            self._said.add(refusal.event)
            refuse(self._context, self._mode, refusal)
        if self._mode == "enforce":
            raise refusal

    def _judge_encoding(self) -> None:
        """Refuse a compressed body, unless the application itself put a decoded one in its place."""
        environ = self._context.request.environ
        encoding = environ.get("HTTP_CONTENT_ENCODING", "").strip().lower()
        if encoding not in ("", "identity") and isinstance(environ["wsgi.input"], CountedInput):
            refuse(self._context, self._mode, _encoded(encoding))

    def _parse_form(self, parser: Any, stream: Any, mimetype: str, *rest: Any, **options: Any) -> Any:
        if mimetype in (_FORM, _MULTIPART):
            self._judge_encoding()
        if mimetype == _FORM:
            stream = io.BytesIO(self._judge_fields(stream.read()))
        if mimetype == _MULTIPART and self._mode == "enforce":
            innermost(parser).max_form_parts = self._max_parts()
        try:
            parsed = parser.parse(stream, mimetype, *rest, **options)
        except RequestEntityTooLarge as error:
            if self._mode == "enforce" and not isinstance(error, Refusal):
                refuse(self._context, self._mode, _too_many(self._context, RefusedTooLarge, "multipart"))
            raise
        self._judge_parsed(*parsed[1:])
        return parsed

    def _judge_fields(self, data: bytes) -> bytes:
        context = self._context
        if data.count(b"&") >= (context.view.max_fields or context.policy.max_fields):
            refuse(context, self._mode, _too_many(context, RefusedTooLarge, "form"))
        return data

    def _max_parts(self) -> int:
        """Return the view's limit, else the application's where it changed Flask's, else the policy's."""
        view, policy = self._context.view, self._context.policy
        stated = getattr(self._context.request, "max_form_parts", None)
        if view.max_fields is None and stated not in (None, _FLASK_PARTS):
            return int(stated)
        return view.max_fields or policy.max_fields

    def _judge_parsed(self, form: Any, files: Any) -> None:
        if self._mode == "observe" and sum(1 for _ in (*form.items(True), *files.items(True))) > self._max_parts():
            refuse(self._context, self._mode, _too_many(self._context, RefusedTooLarge, "form"))
        names = [name or "" for name, _ in (*form.items(True), *files.items(True))]
        judge_names(self._context, self._mode, names, self._context.policy.duplicate_parameters)
        for name, file in files.items(True):
            self._judge_filename(name or "", file.filename or "")

    def _judge_filename(self, field: str, filename: str) -> None:
        limit = self._context.policy.max_name_length
        if len(filename) > limit:
            refuse(self._context, self._mode, _long_name(filename, limit, field))

    def _load_json(self, module: Any, data: Any, **options: Any) -> Any:
        self._judge_encoding()
        text = as_utf8(data)
        if self._stated_limit() is None and len(text) > self._context.policy.max_json_bytes:
            self._exceeded(self._context.policy.max_json_bytes)
        limit = self._context.view.max_json_depth or self._context.policy.max_json_depth
        if is_deeper(text, limit):
            refuse(self._context, self._mode, _too_deep(limit))
            return module.loads(data, **options)
        longest = self._context.policy.max_name_length
        may_be_long = may_have_long(text, longest)
        build = members(longest if may_be_long else None, self._judge_twice, self._judge_long)
        if _parses_as_flask(module):
            return module.loads(data, object_pairs_hook=build, **options)
        try:
            json.loads(text.decode("utf-8", "replace"), object_pairs_hook=build)
        except ValueError:
            # What Python does not call JSON may still mean something to the application's parser: not judged, refused.
            if self._mode == "enforce":
                raise
        return module.loads(data, **options)

    def _judge_twice(self, pairs: Pairs) -> None:
        if self._context.policy.duplicate_json_keys == "refuse":
            twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
            self._refuse_once(_duplicate(twice, "duplicate_json_keys"))

    def _judge_long(self, name: str) -> None:
        self._refuse_once(_long_name(name, self._context.policy.max_name_length, name))


def _parses_as_flask(module: Any) -> bool:
    """Return whether ``module`` parses with Python's :mod:`json` and hands options on to it."""
    own = innermost(module)
    if own is json:
        return True
    provider = current_app.json if own is flask_json else own
    return getattr(type(provider), "loads", None) is DefaultJSONProvider.loads


def _too_large(context: SecurityContext, limit: int) -> RefusedTooLarge:
    line = f"@view_policy(max_body_bytes=...) on {context.endpoint!r}" if context.endpoint else "max_body_bytes=..."
    advice = f"The limit was {limit} bytes. Set app.config['MAX_CONTENT_LENGTH'], or {line}, if more is meant to come."
    evidence = {"limit": limit, "advice": Words(advice)}
    point = "FIO1" if context.request.mimetype == _MULTIPART else "RE7"
    words = "The request is too large."
    return RefusedTooLarge(CONTROL, words, event=_event("body"), evidence=evidence, appsensor=point)


def _too_many(context: SecurityContext, kind: type[Refusal], where: str) -> Refusal:
    limit = context.view.max_fields or context.policy.max_fields
    advice = f"max_fields={limit} (@view_policy(max_fields=...) for this view alone)"
    if where == "multipart":
        advice = f"MAX_FORM_PARTS, {advice}, or MAX_FORM_MEMORY_SIZE for the text of one field"
    evidence = {"where": where, "advice": Words(f"The limits that apply here: {advice}.")}
    words = "The request has too many fields, or too much text in one."
    return kind(CONTROL, words, event=_event("fields"), evidence=evidence, appsensor="RE5")


def _long_name(name: str, limit: int, parameter: str) -> RefusedMalformed:
    evidence = {"name": name[:64], "advice": Words(f"Names may have {limit} characters: max_name_length={limit}.")}
    words = "A name in the request is too long."
    return RefusedMalformed(
        CONTROL, words, event=_event("name"), evidence=evidence, parameter=parameter, appsensor="RE7"
    )


def _duplicate(name: str, setting: str) -> RefusedMalformed:
    evidence = {"name": name[:64], "advice": Words(f"To accept names that come twice: {setting}='allow'.")}
    words = "A name in the request comes twice."
    return RefusedMalformed(
        CONTROL, words, event=_event("duplicate"), evidence=evidence, parameter=name, appsensor="RE5"
    )


def _too_deep(limit: int) -> RefusedMalformed:
    advice = f"Nested deeper than {limit}; @view_policy(max_json_depth=...) permits up to 500."
    words = "The JSON body is nested too deep."
    return RefusedMalformed(CONTROL, words, event=_event("json"), evidence={"advice": Words(advice)}, appsensor="RE7")


def _encoded(encoding: str) -> RefusedEncoding:
    words = "Forms and JSON are accepted without a content encoding only."
    advice = "A view that expects a compressed body reads request.get_data() and decompresses it with a limit."
    evidence = {"encoding": encoding[:64], "advice": Words(advice)}
    name = "content-encoding"
    return RefusedEncoding(CONTROL, words, event=_event(name), evidence=evidence, parameter=name, appsensor="EE2")


def _event(what: str) -> str:
    return name_with("input_validation_fail", what)
