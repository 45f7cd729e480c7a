"""Methods of texts: computed where the text is known, else what they leave of its dangers, and what they prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..interpreter.comparisons import prefix_test
from ..interpreter.expressions import items_of, sequence, text_of_parts
from ..interpreter.operators import MARKED, MARKS, escaped
from ..values.facts import WORD, lacking, lacks, safe_without
from ..values.objects import Mapping, Sequence
from ..values.refinement import Change, Test
from ..values.taint import LETTERS, Use, weak, without
from ..values.value import EITHER, MAX_CONSTANTS, UNKNOWN, Value, constant
from .registry import on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call

_TRANSPARENT: Final = {
    "strip": "strip",
    "lstrip": "strip",
    "rstrip": "strip",
    "removeprefix": "strip",
    "removesuffix": "strip",
    "lower": "case",
    "upper": "case",
    "casefold": "case",
    "title": "case",
    "capitalize": "case",
    "swapcase": "case",
    "expandtabs": "text",
    "decode": "text",
    "encode": "text",
    "ljust": "text",
    "rjust": "text",
    "center": "text",
    "zfill": "text",
}
_PREDICATES: Final = {
    "isdigit": LETTERS,
    "isdecimal": LETTERS,
    "isnumeric": LETTERS,
    "isalnum": safe_without(WORD - {"_"}),
    "isalpha": safe_without(WORD - {"_"}),
    "isidentifier": safe_without(WORD),
    "isascii": 0,
    "islower": 0,
    "isupper": 0,
    "isprintable": Use.LINE | Use.LOG,
    "isspace": 0,
    "istitle": 0,
}
_WITHOUT_SIGNS: Final = lacking(WORD)
_MAX_TEXT: Final = 20_000


def _text(call: Call) -> Value | None:
    """Return the text that a method is called on, or ``None`` where it is an object."""
    receiver = call.receiver
    if receiver is None or receiver.refs:
        return None
    return call.machine.resolve(receiver)


def computed(call: Call, *, of: tuple[type, ...] = (str, bytes)) -> Value | None:
    """Return what a method of constants returns, called as Python would, where everything is known and small."""
    receiver = call.receiver
    if receiver is None or not receiver.consts or call.star is not None or call.more is not None:
        return None
    given = [receiver, *call.args, *call.keywords.values()]
    if any(value.consts is None for value in given) or not all(isinstance(item, of) for item in receiver.consts):
        return None
    if any(len(value.consts or ()) != 1 for value in given[1:]) or len(receiver.consts) > MAX_CONSTANTS:
        return None
    if any(isinstance(value.constant, int) and abs(value.constant) > _MAX_TEXT for value in given[1:]):
        return None
    arguments = [value.constant for value in call.args]
    named = {name: value.constant for name, value in call.keywords.items()}
    results = []
    for item in receiver.consts:
        try:
            results.append(getattr(item, call.name)(*arguments, **named))
        except Exception:
            return None
    return _wrapped(results)


def _wrapped(results: list[Any]) -> Value | None:
    if len(results) == 1 and isinstance(results[0], (list, tuple)):
        return sequence([constant(item) for item in results[0]], None, "list")
    if all(isinstance(item, (str, bytes, int, float, bool, type(None))) for item in results):
        return Value(consts=tuple(dict.fromkeys(results)))
    return None


@on_call(*(f"?.{name}" for name in _TRANSPARENT))
def transparent(call: Call) -> Value | None:
    """Methods whose result is made of the text and nothing else."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    if not text.taint:
        return Value(pieces=text.pieces) if text.pieces and call.name in ("encode", "decode") else UNKNOWN
    result = cleaned(call, text, 0, _TRANSPARENT[call.name])
    derived = result.derived
    if call.name.endswith("strip") and call.args:
        taken = call.args[0].constant if call.args[0].known else None
        derived = ("strip", text, frozenset(taken)) if isinstance(taken, str) else ("changed", text, None)
    facts = frozenset(fact for fact in text.facts if fact[0] == "lacks") if call.name != "decode" else frozenset()
    if call.name in ("lower", "upper", "casefold") or (call.name in ("encode", "decode")):
        facts = text.facts
    pieces = text.pieces if call.name in ("encode", "decode", "rstrip") else None
    if call.name in ("strip", "lstrip") and call.args and call.args[0].known:
        letters = call.args[0].constant
        facts |= {("does not begin", letter) for letter in letters} if isinstance(letters, str) else frozenset()
    return result.but(facts=facts, pieces=pieces, derived=derived)


@on_call("?.replace")
def replace(call: Call) -> Value | None:
    """``text.replace(old, new)``: a single character that is replaced is gone; a longer one can be built again."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    old, new = call.arg(0, "old"), call.arg(1, "new")
    if not text.taint and (new is None or not new.taint):
        return UNKNOWN
    result = carried(call, text, new)
    facts: set[Any] = {
        fact
        for fact in text.facts
        if fact[0] == "lacks" and new is not None and new.known and fact[1] not in str(new.constant)
    }
    if old is not None and old.known and new is not None and new.known and isinstance(old.constant, str):
        if len(old.constant) == 1 and old.constant not in str(new.constant):
            facts.add(lacks(old.constant))
        elif new.constant == old.constant * 2 and len(old.constant) == 1:
            facts.add(("doubled", old.constant))
    from ..values.facts import safe_by_facts

    frozen = frozenset(facts)
    derived = ("changed", text, _taken_out(old, new))
    return result.but(facts=frozen, taint=without(result.taint, safe_by_facts(frozen)), derived=derived)


def _taken_out(old: Value | None, new: Value | None) -> frozenset[str] | None:
    """Return the letters that ``text.replace(old, "")`` takes out, where it is single ones."""
    single = old is not None and old.consts is not None and all(len(item) == 1 for item in old.texts())
    return frozenset(old.texts()) if single and old is not None and new is not None and new.is_only("") else None


@on_call("?.join")
def join_texts(call: Call) -> Value | None:
    """``separator.join(items)``."""
    separator = _text(call)
    if separator is None or not call.args:
        return None
    items, rest = items_of(call.machine, call.args[0])
    marked = MARKED in separator.facts
    if marked:
        items, rest = [escaped(item) for item in items], None if rest is None else escaped(rest)
    parts: list[Value] = []
    for number, item in enumerate([*items, *([rest] if rest is not None else [])]):
        if number:
            parts.append(separator)
        parts.append(item)
    if rest is not None and not items:
        parts = [rest, separator, rest] if separator.taint or separator.texts() else [rest]
    text = text_of_parts(call.machine, parts, call.node)
    return text.but(facts=text.facts | MARKS) if marked else text


def without_dot(value: Value) -> Value:
    """Return what stands behind the last dot of a text."""
    return value.but(facts=value.facts | {lacks(".")})


@on_call("?.split", "?.rsplit", "?.splitlines", "?.partition", "?.rpartition")
def split(call: Call) -> Value | None:
    """Methods that take a text apart."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    if not text.taint:
        return UNKNOWN if not text.path else None
    separator = call.arg(0, "sep")
    part = cleaned(call, text, 0, "part")
    facts = {fact for fact in text.facts if fact[0] == "lacks"}
    if (
        separator is not None
        and separator.known
        and isinstance(separator.constant, str)
        and call.name in ("split", "rsplit")
        and len(call.args) == 1
    ):
        facts.add(lacks(separator.constant))
    if (call.name in ("split", "rsplit") and not call.args and not call.keywords) or call.name == "splitlines":
        facts |= {lacks(letter) for letter in ("\n\r" if call.name == "splitlines" else " \n\r\t\f\v")}
    from ..values.facts import safe_by_facts

    frozen = frozenset(facts)
    part = part.but(facts=frozen, taint=without(part.taint, safe_by_facts(frozen)))
    dot = separator is not None and separator.is_only(".")
    ending = part.but(derived=("suffix", text, None)) if dot else part.but()
    if call.name.endswith("partition"):
        between = separator or UNKNOWN
        last = (
            without_dot(ending)
            if dot and call.name == "rpartition"
            else ending
            if call.name == "rpartition"
            else part.but()
        )
        return Value(refs=(Sequence((part, between, last), None, "tuple"),))
    if dot and call.name == "rsplit":
        return Value(refs=(Sequence((part,), without_dot(ending), "list"),))
    # Of "a.jpg.php" the last part is the ending, and no other one.
    return Value(refs=(Sequence((), part, "split at dots" if dot else "list"),))


@on_call(*(f"?.{name}" for name in _PREDICATES))
def predicate(call: Call) -> Value | None:
    """Questions on the characters of a text."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    uses = _PREDICATES[call.name]
    facts = _WITHOUT_SIGNS if uses & Use.SQL else frozenset()
    test = Test((Change(text, uses, facts),)) if uses and text.taint else None
    return Value(consts=EITHER.consts, test=test)


@on_call("?.startswith")
def startswith(call: Call) -> Value | None:
    """How a text begins."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    texts = _texts(call.arg(0, "prefix"))
    if not text.taint:
        return EITHER
    if text.derived is not None and text.derived[0] == "relative" and any(item.startswith("..") for item in texts):
        return Value(consts=EITHER.consts, test=Test((), (Change(text, Use.PATH | Use.NAME),)))
    if text.derived is not None and text.derived[0] == "realpath":
        return Value(consts=EITHER.consts, test=_inside(text, call.arg(0, "prefix")))
    return Value(consts=EITHER.consts, test=prefix_test(text, texts) if texts else None)


def _inside(text: Value, prefix: Value | None) -> Test | None:
    """Return what it proves that a resolved path begins with a folder; without a separator at the end, less."""
    if prefix is None or prefix.taint & (Use.PATH | weak(Use.PATH)):
        return None
    from ..values.pieces import text_of

    shown = text_of(prefix)
    whole = shown.endswith(("/", "\\")) or (prefix.derived is not None and prefix.derived[0] == "folder")
    uses = Use.PATH | Use.NAME
    return Test((Change(text, uses if whole else 0, demote=0 if whole else uses),))


def _texts(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    texts = list(value.texts())
    for ref in value.refs:
        if isinstance(ref, Sequence):
            texts += [text for item in ref.payload[0] for text in item.texts()]
    return tuple(texts)


@on_call("?.endswith")
def endswith(call: Call) -> Value | None:
    """How a text ends: its type."""
    text = _text(call)
    if text is None:
        return None
    known = computed(call)
    if known is not None:
        return known
    suffixes = _texts(call.arg(0, "suffix"))
    if not text.taint or not suffixes:
        return EITHER
    # ".example.com" names what lies below a domain; "example.com" also "evilexample.com".
    below = all(suffix.startswith(".") and suffix.count(".") > 1 for suffix in suffixes)
    uses = Use.TYPE | (Use.HOST | Use.REDIRECT | Use.HREF if below else 0)
    return Value(consts=EITHER.consts, test=Test((Change(text, uses),)))


@on_call("?.find", "?.count", "?.rfind", "?.rindex")
def position(call: Call) -> Value | None:
    """Where a text stands in another."""
    if _text(call) is None:
        return None
    known = computed(call)
    return known if known is not None else UNKNOWN


@on_call("?.translate")
def translate(call: Call) -> Value | None:
    """``text.translate(table)``: characters that the table removes are gone."""
    text = _text(call)
    if text is None or not text.taint:
        return None
    table = call.arg(0)
    gone: set[Any] = set()
    for ref in table.refs if table is not None else ():
        if isinstance(ref, Mapping):
            gone |= {lacks(chr(key) if isinstance(key, int) else str(key)) for key, value in ref.payload[0].items()}
    from ..values.facts import safe_by_facts

    frozen = frozenset(gone) | text.facts
    result = cleaned(call, text, safe_by_facts(frozen), "changed")
    return result.but(facts=frozen)
