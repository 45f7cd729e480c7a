"""The value: immutable, and one object for each thing that the code handles.

Copies of a variable share their value, so what a test proves about one of them holds for all: the interpreter keeps a
map from values to what they became (:mod:`.refinement`). The singletons below are shared by everything, and are never
refined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .objects import Thing
    from .refinement import Test
    from .steps import Step

Piece = "str | Value"
MAX_CONSTANTS: Final = 8
MAX_REFS: Final = 16
MAX_PIECES: Final = 40


class Value:
    """What is known of one value.

    Attributes:
        taint: Uses for which a client's choice makes it dangerous, see :mod:`.taint`.
        consts: Every constant that it can be, or ``None`` where that is not known.
        refs: Objects of the code that it can be: functions, classes, instances, containers.
        path: Where it comes from in a library, such as ``sqlite3.connect()``; empty for anything else.
        pieces: A text's constant parts and the values between them, or ``None`` where it is no text put together.
        facts: What tests and calls have proved of a text, see :mod:`.facts`.
        step: Where its taint comes from.
        derived: ``(operation, value, detail)`` where it was made of one other value by an operation that has a name.
        test: What follows where it is true or false, for the result of a comparison.
    """

    __slots__ = ("consts", "derived", "facts", "path", "pieces", "refs", "step", "taint", "test")

    def __init__(
        self,
        taint: int = 0,
        consts: tuple[Any, ...] | None = None,
        refs: tuple[Thing, ...] = (),
        path: str = "",
        pieces: tuple[Any, ...] | None = None,
        facts: frozenset[Any] = frozenset(),
        step: Step | None = None,
        derived: tuple[str, Value, Any] | None = None,
        test: Test | None = None,
    ) -> None:
        self.taint = taint
        self.consts = consts
        self.refs = refs
        self.path = path
        self.pieces = pieces
        self.facts = facts
        self.step = step
        self.derived = derived
        self.test = test

    def __repr__(self) -> str:
        """Return what is set, for people who debug."""
        shown = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) not in (0, None, (), "")}
        return f"Value({', '.join(f'{name}={value!r}' for name, value in shown.items() if name != 'step')})"

    def but(self, **changes: Any) -> Value:
        """Return another value that differs in some attributes; a test is not carried over."""
        made = Value(self.taint, self.consts, self.refs, self.path, self.pieces, self.facts, self.step, self.derived)
        for name, value in changes.items():
            setattr(made, name, value)
        return made

    @property
    def known(self) -> bool:
        """Whether it is one constant."""
        return self.consts is not None and len(self.consts) == 1

    @property
    def constant(self) -> Any:
        """The constant that it is; ask :attr:`known` first."""
        return self.consts[0] if self.consts else None

    def texts(self) -> tuple[str, ...]:
        """Return the texts that it can be; empty where it is not known."""
        return tuple(item for item in self.consts or () if isinstance(item, str))

    def could_be(self, *constants: Any) -> bool:
        """Return whether it is known, and can be one of some constants (the type counts)."""
        return any(type(item) is type(other) and item == other for item in self.consts or () for other in constants)

    def is_only(self, *constants: Any) -> bool:
        """Return whether it is known, and nothing but these constants (the type counts)."""
        return bool(self.consts) and all(
            any(type(item) is type(other) and item == other for other in constants) for item in self.consts or ()
        )


UNKNOWN: Final = Value()
"""Nothing is known, and no client had a hand in it."""
NONE: Final = Value(consts=(None,))
TRUE: Final = Value(consts=(True,))
FALSE: Final = Value(consts=(False,))
EITHER: Final = Value(consts=(True, False))
EMPTY: Final = Value(consts=("",))


def constant(value: Any) -> Value:
    """Return the value of a constant."""
    return Value(consts=(value,))


def truth(value: Value) -> bool | None:
    """Return whether a value is true, or ``None`` where it can be both."""
    if value.consts is not None:
        kinds = {bool(item) for item in value.consts}
        return kinds.pop() if len(kinds) == 1 else None
    if value.pieces is not None and any(isinstance(piece, str) and piece for piece in value.pieces):
        return True
    if value.refs and not value.taint:
        answers = {ref.truth for ref in value.refs}
        return answers.pop() if len(answers) == 1 else None
    return None


def join(first: Value, second: Value) -> Value:
    """Return what is known where a value is one of two."""
    if first is second:
        return first
    consts = _joined_constants(first.consts, second.consts)
    mixed = consts is None or not (first.consts and second.consts)
    return Value(
        first.taint | second.taint,
        consts,
        first.refs if first.refs == second.refs else _joined_refs(first.refs, second.refs),
        first.path if first.path == second.path or not second.path else second.path if not first.path else first.path,
        _joined_pieces(first, second) if mixed else None,
        _joined_facts(first.facts, second.facts),
        _stronger(first, second),
        first.derived if first.derived == second.derived else None,
    )


def _joined_facts(first: frozenset[Any], second: frozenset[Any]) -> frozenset[Any]:
    """Return the facts that hold of both; that a text is marked as HTML counts where it may be so."""
    if first == second:
        return first
    return (first & second) | {fact for fact in first | second if fact[0] == "markup"}


def _joined_constants(first: tuple[Any, ...] | None, second: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if first is None or second is None:
        return None
    both = list(first)
    for item in second:
        if not any(type(item) is type(other) and item == other for other in both):
            both.append(item)
    return tuple(both) if len(both) <= MAX_CONSTANTS else None


def _joined_refs(first: tuple[Thing, ...], second: tuple[Thing, ...]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys((*first, *second)))[:MAX_REFS]


def _joined_pieces(first: Value, second: Value) -> tuple[Any, ...] | None:
    """Return the pieces that keep both: alternatives are one hole, so each is judged by itself."""
    if (first.taint or second.taint) and any(text.startswith("-") for text in (*first.texts(), *second.texts())):
        # Among the words of a command it counts that one of them is an option.
        return (Either(first, second),)
    if first.pieces == second.pieces:
        return first.pieces
    if (first.pieces is None and not first.taint) and (second.pieces is None and not second.taint):
        return None
    if (first.taint and second.taint) or first.pieces is not None or second.pieces is not None:
        return (Either(first, second),)
    return None


class Either:
    """A piece that is one of two values, each with its own pieces."""

    __slots__ = ("first", "second")

    def __init__(self, first: Value, second: Value) -> None:
        self.first = first
        self.second = second


def _stronger(first: Value, second: Value) -> Step | None:
    """Return where the taint comes from: the request rather than what was stored, certain rather than not."""
    if first.step is None or second.step is None:
        return first.step or second.step
    if first.step.stored != second.step.stored:
        return second.step if first.step.stored else first.step
    return first.step
