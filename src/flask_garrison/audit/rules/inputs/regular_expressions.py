"""Regular expressions that a client writes, or that a client's text can stall."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.regular_expressions import COMPILED, constants_of, pattern_value, patterns_of, text_of_call
from ...code.patterns.ambiguity import is_exponential
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

_NAMES = ("match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split")
_TRIES = (*(f"re.{name}" for name in _NAMES), *(f"{COMPILED}.{name}" for name in _NAMES))
_VALIDATORS = (
    "wtforms.validators.Regexp",
    "wtforms.validators.regexp",
    "marshmallow.validate.Regexp",
    "flask_wtf.Regexp",
    "django.core.validators.RegexValidator",
)

REGEX_FROM_INPUT = Rule(
    id="inputs.regex-from-input",
    kind="code",
    control="inputs.regular-expressions",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1333,),
    asvs=("V1.2.9",),
    title="A client writes a part of a regular expression",
    why="Python's engine tries every way to read a text. A short pattern such as `(a+)+$` keeps a worker busy for "
    "hours, and a few requests keep all of them so. A pattern from outside also matches what it was not meant to.",
    fix="Put `re.escape(...)` around the value where it stands for itself. Where clients are to write patterns, use an "
    "engine that needs linear time, such as RE2.",
    before="re.search(term, page)",
    after="re.search(re.escape(term), page)",
    guard="Nothing: the time limit of the server's worker ends such a request.",
    language="python",
)

REGEX_CATASTROPHIC = Rule(
    id="inputs.regex-catastrophic",
    kind="code",
    control="inputs.regular-expressions",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1333,),
    asvs=("V1.2.9", "V15.2.2"),
    title="A client's text can make a regular expression take exponential time",
    why="A part of the pattern can read the same characters in more than one way, again and again. Where the match "
    "fails at the end, the engine tries all of them: thirty characters are enough for a thousand million tries.",
    fix="Write the pattern so that each character can be read in one way only, as `[a-z]+(-[a-z]+)*` for "
    "`([a-z]+-?)+`; or refuse long texts before the match, or use an engine that needs linear time.",
    before='re.match(r"^([a-z]+-?)+$", name)',
    after='re.match(r"^[a-z]+(-[a-z]+)*-?$", name)',
    guard="Nothing: the time limit of the server's worker ends such a request.",
    language="python",
)


@checks(REGEX_FROM_INPUT, reads="call", of=(*_TRIES, "re.compile"))
def regex_from_input(call: Call) -> Iterator[Match]:
    """Find a client's text in a pattern."""
    if call.path.startswith(COMPILED):
        # The pattern was judged where it was compiled.
        return
    kind = call.path.rpartition(".")[2]
    for hole in call.tainted(pattern_value(call), Use.PATTERN):
        yield call.flow(hole, Use.PATTERN, f"re.{kind}() is given a pattern that a client's text is part of")
        return


@checks(REGEX_CATASTROPHIC, reads="call", of=_TRIES)
def regex_catastrophic(call: Call) -> Iterator[Match]:
    """Find a text of any length from a client that a hopeless pattern is tried on."""
    text = text_of_call(call)
    if text is None or not (text.taint or text.refs):
        return
    kind = call.path.rpartition(".")[2]
    for hole in call.tainted(text, Use.LONG):
        for pattern, flags in patterns_of(call):
            if is_exponential(pattern, flags, kind == "fullmatch"):
                title = f"A client's text can make the pattern {_brief(pattern)} take exponential time"
                yield call.flow(hole, Use.LONG, title)
        return


@checks(REGEX_CATASTROPHIC, reads="call", of=_VALIDATORS)
def catastrophic_validator(call: Call) -> Iterator[Match]:
    """Find hopeless patterns of the fields of forms and schemas: what they are tried on is a client's."""
    value = call.arg(0, "regex")
    for pattern, flags in constants_of(value) if value is not None else ():
        if is_exponential(pattern, flags, "marshmallow" in call.path):
            title = f"A client's text can make the pattern {_brief(pattern)} take exponential time"
            # Another validator of the field may keep the text short.
            yield call.match(title, confidence=Confidence.MEDIUM)


def _brief(pattern: str | bytes) -> str:
    shown = repr(pattern)
    return shown if len(shown) <= 60 else f"{shown[:56]}...'"
