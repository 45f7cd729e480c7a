"""Queries of a document database that a client can put operators into."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.interpreter.expressions import reach
from ...code.values.objects import Mapping, Sequence
from ...code.values.taint import Use, both
from ...code.values.value import Either, Value
from ...rule import Match, Rule, checks

NOSQL_INJECTION = Rule(
    id="inputs.nosql-injection",
    kind="code",
    control="inputs.query-languages",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(943,),
    asvs=("V1.2.4",),
    title="A client can put operators into a query of a document database",
    why='A value out of JSON need not be a text. `{"$ne": null}` for a password matches every document, and `$where` '
    "runs "
    "JavaScript in the database.",
    fix='Make a text of the value with `str(...)`, check its type, or compare with `{"$eq": value}`.',
    before='db.users.find_one({"name": body["name"], "token": body["token"]})',
    after='db.users.find_one({"name": str(body["name"]), "token": str(body["token"])})',
    guard="Refuses values of other types where the view declares a schema for its JSON.",
    language="python",
)

_FILTERS = {
    "find": 0, "find_one": 0, "find_one_and_update": 0, "find_one_and_delete": 0, "find_one_and_replace": 0,
    "update_one": 0, "update_many": 0, "delete_one": 0, "delete_many": 0, "replace_one": 0, "count_documents": 0,
    "distinct": 1, "aggregate": 0, "count": 0, "remove": 0, "update": 0, "find_and_modify": 0, "find_one_or_404": 0,
    "find_raw_batches": 0, "delete": 0, "paginate_find": 0,
}  # fmt: skip
_OFTEN_OTHERS = frozenset({"find", "count", "update", "remove", "delete", "distinct", "aggregate"})
_LITERAL = frozenset(
    {"$eq", "$in", "$nin", "$all", "$ne", "$gt", "$gte", "$lt", "$lte", "$search", "$text", "$literal"}
)
"""Operators whose operand is taken as it is; of the comparisons a document is just another value."""
_SCRIPTS = frozenset({"$where", "$function", "$accumulator", "body"})
_MODELS = ("?.objects", "?.filter", "?.get", "?.first")


@checks(NOSQL_INJECTION, reads="call", of=[f"?.{name}" for name in _FILTERS], by_client=True)
def nosql_injection(call: Call) -> Iterator[Match]:
    """Find a value that may be an object, where a text is expected; and scripts with a client's text in them."""
    value = call.arg(_FILTERS[call.name], "filter", "query", "spec", "pipeline")
    if value is None:
        return
    is_documents = call.path.startswith(("pymongo.", "flask_pymongo.", "motor.", "mongomock.", "tinymongo."))
    if not is_documents and (call.name in _OFTEN_OTHERS or value.taint) and not _is_query(call, value):
        return
    found = _operators(call, value, 0)
    if found is not None:
        where, uses = found
        title = f"{call.name}() takes operators that a client puts into the query"
        if uses == Use.CODE:
            title = f"{call.name}() runs a script that a client's text is part of"
        yield call.flow(where, uses, title)


def _is_query(call: Call, value: Value) -> bool:
    """Return whether an argument is a query: a mapping, or a pipeline of them, on what is no text."""
    kinds = {type(ref) for ref in value.refs}
    if call.name in ("update", "remove", "delete"):
        return False
    return bool(kinds & {Mapping, Sequence}) and not (call.receiver is not None and call.receiver.refs)


def _operators(call: Call, value: Value, depth: int) -> tuple[Value, int] | None:
    """Return the part of a query that may be an object of a client's."""
    value = call.machine.resolve(value)
    if not _is_text(value) and call.taint(value) & both(Use.NOSQL) and not value.refs:
        return value, Use.NOSQL
    if depth > 4:
        return None
    for ref in value.refs:
        items, rest = ref.payload if isinstance(ref, (Mapping, Sequence)) else ((), None)
        pairs = list(items.items()) if isinstance(items, dict) else [("", item) for item in items]
        for key, item in [*pairs, *([("", rest)] if rest is not None else [])]:
            found = _under(call, key, item, depth)
            if found is not None:
                return found
        if isinstance(ref, Mapping) and ref.keys is not None and call.taint(ref.keys) & both(Use.NOSQL | Use.FIELDS):
            return ref.keys, Use.FIELDS
    return None


def _under(call: Call, key: object, item: Value, depth: int) -> tuple[Value, int] | None:
    if key in _SCRIPTS:
        for hole in call.tainted(item, Use.CODE):
            return hole.value, Use.CODE
    if key in _LITERAL:
        return None
    return _operators(call, item, depth + 1)


def _is_text(value: Value) -> bool:
    """Return whether a value was put together as a text."""
    return value.pieces is not None and not all(isinstance(piece, Either) for piece in value.pieces)


@checks(NOSQL_INJECTION, reads="call", of=_MODELS, by_client=True)
def nosql_in_models(call: Call) -> Iterator[Match]:
    """Find conditions of a document class whose names a client chooses: ``Model.objects(**conditions)``."""
    if call.name != "objects" and ".objects" not in call.path:
        return
    raw = call.arg(None, "__raw__")
    for value in (call.more, raw):
        if value is None:
            continue
        taint, step = reach(call.machine, value)
        if taint & both(Use.NOSQL | Use.FIELDS):
            title = f"{call.name}() takes conditions that a client names"
            yield call.flow(Value(taint, step=step), Use.NOSQL | Use.FIELDS, title)
            return
