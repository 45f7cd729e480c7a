"""Format strings that a client writes."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.objects import Class, Function, Instance, Mapping, Module, Record, Sequence, Thing
from ...code.values.quoting import lacks_all
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

FORMAT_STRING = Rule(
    id="inputs.format-string",
    kind="code",
    control="inputs.code",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(134,),
    asvs=("V1.3.10",),
    title="A client writes a format string",
    why="`str.format` follows attributes and keys: `{user.__init__.__globals__}` shows what the module of a class "
    "holds, keys and passwords among it. `{:1000000000}` fills the memory.",
    fix="Keep the format constant. Where users word a text, use `string.Template(...).safe_substitute(...)` or "
    "`replace`, which know names and nothing below them.",
    before='text = request.form["wording"].format(user=user)',
    after='text = Template(request.form["wording"]).safe_substitute(name=user.name)',
    guard="Nothing.",
    language="python",
)

_FORMATTER = ("string.Formatter().format", "string.Formatter().vformat", "?.vformat")


@checks(FORMAT_STRING, reads="call", of=("?.format", "?.format_map", "str.format", "str.format_map", *_FORMATTER))
def format_string(call: Call) -> Iterator[Match]:
    """Find a client's text that is the template of a format."""
    by_method = call.name in ("format", "format_map") and not call.path.startswith(("string.Formatter", "str."))
    template = call.receiver if by_method else call.arg(0, "format_string")
    if template is None or template.refs or (by_method and template.path and template.path[0] != "?"):
        return
    given = call.values if by_method else [*call.args[1:], *call.keywords.values()]
    for hole in call.tainted(template, Use.FORMAT):
        if lacks_all(hole.value, "{"):
            continue
        severity = Severity.HIGH if any(_has_attributes(value) for value in given) else None
        yield call.flow(hole, Use.FORMAT, f"{call.name}() fills in a text that a client wrote", severity=severity)
        return


def _has_attributes(value: Value, depth: int = 0) -> bool:
    """Return whether a value is an object of the application, or holds one: its attributes lead to the globals."""
    return depth < 3 and any(_leads_on(ref, depth) for ref in value.refs)


def _leads_on(ref: Thing, depth: int) -> bool:
    if isinstance(ref, (Instance, Class, Function, Module, Record)):
        return True
    if isinstance(ref, (Sequence, Mapping)):
        items, rest = ref.payload
        held = list(items.values() if isinstance(items, dict) else items)
        return any(_has_attributes(item, depth + 1) for item in [*held, *([rest] if rest is not None else [])])
    return False
