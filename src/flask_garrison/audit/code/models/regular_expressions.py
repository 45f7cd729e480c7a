"""Regular expressions: what a match proves, what its groups are, what a substitution leaves."""

from __future__ import annotations

import ast
import re
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from ..patterns.alphabet import Matched, literal, matched, single
from ..patterns.characters import EVERYTHING, letters
from ..patterns.hosts import names_hosts
from ..values.facts import lacks, safe_by_facts, safe_without
from ..values.objects import Record, Sequence
from ..values.refinement import Change, Test
from ..values.taint import Use, without
from ..values.value import UNKNOWN, Value, constant
from .registry import alias, on_attribute, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

COMPILED: Final = "re.compile()"
MATCH: Final = "re.Match()"
MATCHING: Final = "matching"
Patterns = tuple[tuple["str | bytes", int], ...]

_FLAGS: Final = {
    name: int(getattr(re, name))
    for name in (
        "A", "ASCII", "I", "IGNORECASE", "L", "LOCALE", "M", "MULTILINE", "S", "DOTALL", "U", "UNICODE", "X", "VERBOSE",
    )
}  # fmt: skip
_NAMES: Final = ("compile", "match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split", "escape")

alias({f"{module}.{name}": f"re.{name}" for module in ("regex", "re2") for name in _NAMES})
alias({"re.Pattern()": COMPILED})


@on_attribute(*(f"re.{name}" for name in _FLAGS))
def flag(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """A flag is a number."""
    return constant(_FLAGS[path.rpartition(".")[2]])


@on_call("re.compile")
def compiled(call: Call) -> Value:
    """A pattern that is kept."""
    pattern = call.arg(0, "pattern") or UNKNOWN
    for ref in pattern.refs:
        if isinstance(ref, Record) and "@pattern" in ref.payload:
            return pattern
    record = Record({"@pattern": pattern, "@flags": call.arg(1, "flags") or constant(0)})
    return Value(path=COMPILED, refs=(record,))


def pattern_value(call: Call) -> Value | None:
    """Return the pattern of a call, of a compiled one as it was given when it was compiled."""
    value = call.receiver if call.path.startswith(COMPILED) else call.arg(0, "pattern")
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Record) and "@pattern" in ref.payload:
            found: Value = ref.payload["@pattern"]
            return found
    return None if call.path.startswith(COMPILED) else value


def patterns_of(call: Call) -> Patterns:
    """Return every pattern that a call can use, with its flags; empty where that is not known."""
    value = call.receiver if call.path.startswith(COMPILED) else call.arg(0, "pattern")
    if value is None:
        return ()
    at = {"sub": 4, "subn": 4, "split": 3, "compile": 1}.get(call.name, 2)
    return constants_of(value, call.arg(at, "flags"))


def constants_of(value: Value, flags: Value | None = None) -> Patterns:
    """Return the patterns that a value is, compiled or not, with their flags."""
    found: list[tuple[str | bytes, int]] = []
    records = [ref for ref in value.refs if isinstance(ref, Record) and "@pattern" in ref.payload]
    for record in records:
        found += _constants(record.payload["@pattern"], _flags(record.payload["@flags"]))
    if not records and not value.refs:
        found += _constants(value, _flags(flags))
    return tuple(found)


def _constants(value: Value, flags: int | None) -> list[tuple[str | bytes, int]]:
    if flags is None or value.consts is None:
        return []
    return [(item, flags) for item in value.consts if isinstance(item, (str, bytes))]


def _flags(value: Value | None) -> int | None:
    if value is None:
        return 0
    if value.known and isinstance(value.constant, int):
        return int(value.constant)
    return _FLAGS.get(value.path.removeprefix("re."))


def text_of_call(call: Call) -> Value | None:
    """Return the text that a pattern is tried on."""
    at = 1 if call.path.rpartition(".")[2] in ("sub", "subn") else 0
    return call.arg(at if call.path.startswith(COMPILED) else at + 1, "string")


_MATCHES = ("match", "fullmatch", "search")


@on_call(*(f"re.{name}" for name in _MATCHES), *(f"{COMPILED}.{name}" for name in _MATCHES))
def match(call: Call) -> Value:
    """A match or ``None``; that there is one proves what the pattern says, if it is of the whole text."""
    text = text_of_call(call)
    if text is None:
        return UNKNOWN
    patterns = patterns_of(call)
    value = carried(call, text, path=MATCH)
    known = [matched(*pattern) for pattern in patterns]
    if not patterns or any(one is None for one in known):
        return value.but(derived=(MATCHING, text, ()))
    made = value.but(derived=(MATCHING, text, patterns))
    kind = call.path.rpartition(".")[2]
    made.test = _test(call, text, kind, [one for one in known if one is not None], patterns)
    return made


def _test(call: Call, text: Value, kind: str, known: list[Matched], patterns: Patterns) -> Test | None:
    if not call.machine.taint(text):
        return None
    proofs = [_proof(one, kind) for one in known]
    uses = reduce(int.__and__, [proof[0] for proof in proofs])
    if all(_is_whole(one, kind) for one in known) and all(_names_hosts(*pattern) for pattern in patterns):
        uses |= Use.HOST | Use.REDIRECT | Use.HREF
    facts = frozenset.intersection(*[proof[1] for proof in proofs])
    when_true = (Change(text, uses, facts),) if uses or facts else ()
    absent = _absent(patterns) if kind == "search" else frozenset()
    when_false = (Change(text, _uses_without(absent), absent),) if absent else ()
    return Test(when_true, when_false) if when_true or when_false else None


def _is_whole(one: Matched, kind: str) -> bool:
    """Return whether a pattern matches the whole text or nothing."""
    return kind == "fullmatch" or (one.to_end and (kind == "match" or one.from_start))


def _names_hosts(pattern: str | bytes, flags: int) -> bool:
    return isinstance(pattern, str) and not flags & (re.MULTILINE | re.VERBOSE) and names_hosts(pattern)


def _proof(one: Matched, kind: str) -> tuple[int, frozenset[Any]]:
    """Return what a match proves of the text: everything where it is whole, how it begins where it is not."""
    if kind == "search" and not one.from_start:
        return 0, frozenset()
    if kind == "fullmatch" or one.to_end:
        uses, facts = one.uses(), one.facts()
        if kind != "fullmatch" and one.line_break:
            return uses & ~(Use.LINE | Use.LOG), facts - {lacks("\n")}
        return uses, facts
    facts = frozenset(one.beginnings() | {lacks(text) for text in one.absent})
    return one.uses() & (Use.ARGUMENT | Use.CELL), facts


def _absent(patterns: Patterns) -> frozenset[Any]:
    """Return the facts of a text in which none of a set of characters, or not some text, was found."""
    facts: set[Any] = set()
    for pattern, flags in patterns[:1]:
        text = literal(pattern, flags)
        facts |= {lacks(text)} if text else set()
        characters = single(pattern, flags)
        facts |= {lacks(letter) for letter in letters(characters)}
    return frozenset(facts) if len(patterns) == 1 else frozenset()


def _uses_without(facts: frozenset[Any]) -> int:
    missing = {text for kind, text in facts if len(text) == 1}
    rest = letters(EVERYTHING) - missing
    return safe_without(rest) if missing else 0


# --- what is made of a text ----------------------------------------------------------------------------------------


@on_call("re.sub", "re.subn", f"{COMPILED}.sub", f"{COMPILED}.subn")
def substitute(call: Call) -> Value:
    """What is left of a text: of a set of characters that are replaced by constants nothing is left."""
    at = 0 if call.path.startswith(COMPILED) else 1
    text, new = text_of_call(call), call.arg(at, "repl")
    if text is None:
        return UNKNOWN
    known = _substituted(call, text, new)
    result = known if known is not None else _left(call, text, new, call.given(at + 2, "count"))
    if call.path.endswith("subn"):
        return Value(refs=(Sequence((result, UNKNOWN), None, "tuple"),))
    return result


def _substituted(call: Call, text: Value, new: Value | None) -> Value | None:
    patterns = patterns_of(call)
    if (
        len(patterns) != 1
        or isinstance(patterns[0][0], bytes)
        or not text.known
        or new is None
        or not new.known
        or len(call.args) > 3
    ):
        return None
    if not isinstance(text.constant, str) or not isinstance(new.constant, str) or len(text.constant) > 400:
        return None
    from ..patterns.ambiguity import is_exponential

    if is_exponential(*patterns[0], True):
        return None
    try:
        return constant(re.sub(str(patterns[0][0]), new.constant, text.constant, flags=patterns[0][1]))
    except (re.error, TypeError, IndexError):
        return None


def _left(call: Call, text: Value, new: Value | None, counted: bool) -> Value:
    patterns = patterns_of(call)
    if new is not None and new.refs:
        # A function of each match: what it returns is in the result, and the rest of the text.
        match = Value(call.machine.taint(text), path="re.match()", step=text.step)
        new = call.machine.call(new, [match], {}, call.node)
    result = carried(call, text, new)
    if not result.taint or counted or len(patterns) != 1 or new is None or not new.known:
        return result
    words = new.constant if isinstance(new.constant, str) else ""
    gone = letters(single(*patterns[0])) - frozenset(words)
    old = frozenset(fact for fact in text.facts if fact[0] == "lacks" and len(fact[1]) == 1 and fact[1] not in words)
    facts = old | {lacks(letter) for letter in gone}
    left = letters(EVERYTHING) - {fact[1] for fact in facts}
    uses = (safe_without(left) if gone else 0) | safe_by_facts(facts)
    return result.but(taint=without(result.taint, uses), facts=facts, derived=("changed", text, None))


@on_call("re.split", f"{COMPILED}.split")
def split(call: Call) -> Value:
    """The parts between: without the characters of the separator, where that is a set of them."""
    text, patterns = text_of_call(call), patterns_of(call)
    if text is None:
        return UNKNOWN
    gone = letters(single(*patterns[0])) if len(patterns) == 1 else frozenset()
    facts = frozenset(lacks(letter) for letter in gone)
    part = carried(call, text)
    made = part.but(taint=without(part.taint, safe_by_facts(facts)), facts=facts) if part.taint else UNKNOWN
    return Value(refs=(Sequence((), made, "list"),))


@on_call("re.escape")
def escape(call: Call) -> Value:
    """A pattern that stands for the text alone."""
    return cleaned(call, call.arg(0, "pattern"), Use.PATTERN)


__all__ = ["COMPILED", "MATCH", "pattern_value", "patterns_of", "text_of_call"]
