"""String literals with fields: where their text and their expressions are, nested as deep as they like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .constructs import F_STRINGS, KEYWORDS, T_STRINGS, Field, Literal, Part, Strings
from .tokens import Reader, Source, Token

DEEPEST = 50
"""Fields inside strings inside fields; Python itself stops at 150."""

_PLAIN = {
    b'"': re.compile(rb'[^\\"\n]*+(?:\\.[^\\"\n]*+)*+"', re.DOTALL),
    b"'": re.compile(rb"[^\\'\n]*+(?:\\.[^\\'\n]*+)*+'", re.DOTALL),
    b'"""': re.compile(rb'[^\\"]*+(?:(?:\\.|"(?!""))[^\\"]*+)*+"""', re.DOTALL),
    b"'''": re.compile(rb"[^\\']*+(?:(?:\\.|'(?!''))[^\\']*+)*+'''", re.DOTALL),
}
# Text ends before a brace, the quote, or the end of a line where it may not go on. A backslash guards no brace.
_ESCAPE = rb"\\[^{}]|\\(?=[{}])"
_NAMED = rb"\\N\{[^{}'\"\n]*\}|"
_OPERANDS = frozenset({b"None", b"True", b"False"})
_SOFT = frozenset({b"match", b"case"})
_CONVERSION = re.compile(rb"!([rsa])[ \t\f\n]*(?=[:}])")
_YIELD = re.compile(rb"[ \t\f\n]*(yield(?:[ \t\f\n]+from)?)(?=[ \t\f\n(\[{}'\"!:=-])")
_DEBUG = re.compile(rb"=(?:[ \t\f\n]|\#[^\n]*)*+(?=[!:}])")


def _text_of(quote: bytes, raw: bool) -> re.Pattern[bytes]:
    ordinary = rb"[^\\{}%b]|%b(?!%b)" % (quote[:1], quote[:1], quote[1:]) if len(quote) > 1 else rb"[^\\{}\n%b]" % quote
    return re.compile(rb"(?:%b|%b%b)*+" % (ordinary, b"" if raw else _NAMED, _ESCAPE), re.DOTALL)


_TEXT = {(quote, raw): _text_of(quote, raw) for quote in _PLAIN for raw in (True, False)}


def read_strings(reader: Reader, token: Token, before: Token | None) -> None:
    """Read a string literal and those beside it; where one has fields, leave only the expressions in them.

    Raises:
        MalformedError: for a literal that is in no version of Python.
    """
    source, kinds = reader.source, set[bytes]()
    strings = Strings(token.start())
    following: Token | None = token
    while following is not None:
        kinds.add(following["prefix"].lower().replace(b"r", b""))
        _literal(reader, following, strings)
        strings.end = source.pos
        following = _beside(reader)
    source.pos = strings.end
    if kinds & {b"f", b"t"}:
        _check(source, strings, kinds, before)
        _replace(source, strings)


def fields_of(parts: list[Part]) -> Iterator[Field]:
    """Yield the fields in the order of their expressions: each before those in its format specification."""
    for part in parts:
        if isinstance(part, Field):
            yield part
            yield from fields_of(part.spec)


def _beside(reader: Reader) -> Token | None:
    """Return the string literal that follows, if only space lies before it."""
    source, inside = reader.source, bool(reader.depth or reader.inside)
    while token := source.at_end():
        if token.lastgroup == "string":
            return token
        if token.lastgroup != "space" and not (token.lastgroup == "newline" and inside):
            return None
        source.pos = token.end()
    return None


def _literal(reader: Reader, token: Token, strings: Strings) -> None:
    source, quote, prefix = reader.source, token["quote"], token["prefix"].lower()
    raw = b"r" in prefix
    source.pos = token.end()
    if b"f" in prefix or b"t" in prefix:
        _formatted(reader, quote, raw, strings)
        return
    text = _PLAIN[quote].match(source.text, source.pos)
    if text is None:
        raise source.malformed(token.start(), "unterminated string literal")
    source.pos = text.end()
    strings.parts.append(Literal(text.start(), text.end() - len(quote), raw, (token.start(), text.end())))


def _formatted(reader: Reader, quote: bytes, raw: bool, strings: Strings) -> None:
    source, opened = reader.source, reader.source.pos
    while True:
        start = source.pos
        end = _skip_text(source, quote, raw)
        if source.text.startswith((b"{{", b"}}"), end):
            strings.parts.append(Literal(start, end + 1, raw, (start, end + 2)))
            source.pos = end + 2
            continue
        strings.parts.append(Literal(start, end, raw, (start, end)))
        if source.text.startswith(quote, end):
            source.pos = end + len(quote)
            return
        if not source.text.startswith(b"{", end):
            single = source.text.startswith(b"}", end)
            raise source.malformed(opened, "a single '}' in an f-string" if single else "unterminated f-string literal")
        strings.parts.append(_field(reader, quote, raw))


def _skip_text(source: Source, quote: bytes, raw: bool) -> int:
    text = _TEXT[quote, raw].match(source.text, source.pos)
    source.pos = text.end() if text else source.pos
    return source.pos


def _field(reader: Reader, quote: bytes, raw: bool) -> Field:
    source = reader.source
    field = Field(source.pos)
    source.pos += 1
    reader.inside += 1
    if reader.inside > DEEPEST:
        raise RecursionError
    _expression(reader, field)
    if source.text.startswith(b":", source.pos):
        field.spec_start = source.pos
        source.pos += 1
        _specification(reader, quote, raw, field)
    if not source.text.startswith(b"}", source.pos):
        raise source.malformed(source.pos, "f-string: expected '}'")
    source.pos += 1
    field.end = source.pos
    reader.inside -= 1
    if _is_new(source.text, field, quote):
        source.found.newer.add(F_STRINGS)
    return field


def _expression(reader: Reader, field: Field) -> None:
    """Read the expression, the ``=`` of a field that shows it, and the conversion."""
    source, depth = reader.source, reader.depth
    reader.previous = None
    if yields := _YIELD.match(source.text, source.pos):
        field.yields = yields.span(1)
        source.pos = yields.end()
    while not (reader.depth == depth and _ends(source, source.peek())):
        reader.step(source.peek())
    field.text_end = source.pos
    if debug := _DEBUG.match(source.text, source.pos):
        field.debug_end = source.pos = debug.end()
    if conversion := _CONVERSION.match(source.text, source.pos):
        field.conversion = ord(conversion[1])
        source.pos = conversion.end()


def _ends(source: Source, token: Token) -> bool:
    sign = token[0]
    return (
        sign in (b"}", b"!") or sign.startswith(b":") or (sign == b"=" and bool(_DEBUG.match(source.text, source.pos)))
    )


def _specification(reader: Reader, quote: bytes, raw: bool, field: Field) -> None:
    source = reader.source
    while True:
        start = source.pos
        end = _skip_text(source, quote, raw)
        field.spec.append(Literal(start, end, raw, (start, end)))
        if not source.text.startswith(b"{", end):
            return
        field.spec.append(_field(reader, quote, raw))


def _is_new(text: bytes, field: Field, quote: bytes) -> bool:
    """Return whether Python 3.11 refuses what stands in a field."""
    whole, expression = text[field.start : field.end], text[field.start : field.text_end]
    breaks = len(quote) == 1 and b"\n" in whole
    return quote in whole or breaks or b"\\" in expression or b"#" in expression


def _check(source: Source, strings: Strings, kinds: set[bytes], before: Token | None) -> None:
    """Refuse what would pass once it is overwritten: a call of what stands before, and literals that do not mix."""
    if before is not None and _is_operand(before):
        raise source.malformed(strings.start, "invalid syntax")
    if b"b" in kinds or (b"t" in kinds and len(kinds) > 1):
        raise source.malformed(strings.start, "strings of kinds that cannot be joined")
    strings.template = b"t" in kinds
    if strings.template:
        source.found.newer.add(T_STRINGS)


def _is_operand(token: Token) -> bool:
    if token.lastgroup == "name":
        return token[0] in _OPERANDS or token[0] not in KEYWORDS | _SOFT
    return token.lastgroup in ("close", "number")


def _replace(source: Source, strings: Strings) -> None:
    at = strings.start
    for field in fields_of(strings.parts):
        source.blank(at, field.start)
        source.put(field.start, b"[")
        at = field.text_end
        strings.fields += 1
    source.blank(at, strings.end)
    for field in fields_of(strings.parts):
        source.put(field.text_end, b"]")
        if field.yields:
            _replace_yield(source, field, *field.yields)
    source.put(strings.start, b"(f")
    source.put(strings.end - 1, b")")
    source.found.strings[strings.start + 1] = strings


def _replace_yield(source: Source, field: Field, start: int, end: int) -> None:
    """Leave what is yielded; a name where nothing is."""
    source.blank(start, end)
    if not source.text[end : field.text_end].strip():
        source.put(start, b"None")
