"""Objects whose fields a client names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Setting
from ...code.interpreter.expressions import entries_of, items_of
from ...code.values.objects import Class, Instance
from ...code.values.taint import Use, both
from ...code.values.value import Value
from ...rule import Match, Rule, checks

MASS_ASSIGNMENT = Rule(
    id="inputs.mass-assignment-in-code",
    kind="code",
    control="inputs.mass-assignment",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(915,),
    asvs=("V15.3.3",),
    title="A client names the fields that are set on a record",
    why="The form shows three fields, but the client sends a fourth: is_admin, owner_id, balance. Whatever the record "
    "has can be set.",
    fix="Name the fields that a client may set, or load the request through a schema that knows them and drops the "
    "rest.",
    before="user = User(**request.get_json())",
    after='body = request.get_json()\nuser = User(name=body["name"], email=body["email"])',
    guard="With a schema on the view (flask_garrison.inputs) Garrison refuses fields that it does not name.",
    language="python",
    lesson="inputs-accept-anything",
)

_RECORDS: Final = re.compile(
    r"(^|\.)(Model|DeclarativeBase|MappedAsDataclass|Base|Document|DynamicDocument|EmbeddedDocument|Entity|SQLModel)$"
    r"|declarative_base\(\)"
)
_PRIVILEGED: Final = re.compile(
    r"(?i)(^|_)(is_|admin|role|roles|permission|permissions|owner|owner_id|user_id|balance|credit|verified|approved|"
    r"staff|superuser|active|paid|price|discount|status|password_hash)"
)
_TITLE: Final = "{} sets fields whose names a client chose"


@checks(MASS_ASSIGNMENT, reads="call", of=("@instance",))
def record_made(call: Call) -> Iterator[Match]:
    """``Model(**data)``."""
    cls = next((ref for ref in (call.receiver.refs if call.receiver else ()) if isinstance(ref, Class)), None)
    if cls is not None and _is_record(cls):
        for hole in call.tainted(call.more, Use.FIELDS):
            yield call.flow(hole, Use.FIELDS, _TITLE.format(f"{cls.name}()"))
            return


def _is_record(cls: Class) -> bool:
    """Return whether a class is one of a database's, or has a field that no client should set."""
    bases = cls.library_bases()
    if any("pydantic" in base or "marshmallow" in base for base in bases) and not any(
        "sqlmodel" in base for base in bases
    ):
        return False
    if any(_RECORDS.search(base) for base in bases):
        return True
    names = [name for one in cls.ancestors() for name in one.fields]
    return any(_PRIVILEGED.search(name) for name in names)


@checks(MASS_ASSIGNMENT, reads="call", of=("setattr", "object.__setattr__", "?.__setattr__"))
def attribute_named(call: Call) -> Iterator[Match]:
    """``setattr(record, name, value)`` under a client's name."""
    position = 0 if call.name == "__setattr__" and len(call.args) == 2 else 1
    for hole in call.tainted(call.arg(position), Use.CODE):
        if not hole.before.strip("\0"):
            yield call.flow(hole, Use.CODE, _TITLE.format("setattr()"))
            return


@checks(MASS_ASSIGNMENT, reads="setting")
def dictionary_named(setting: Setting) -> Iterator[Match]:
    """``record.__dict__[name] = value``."""
    if setting.is_item and setting.path.endswith(".__dict__"):
        for hole in setting.tainted(setting.key, Use.CODE):
            yield setting.flow(hole, Use.CODE, _TITLE.format("__dict__"))


@checks(
    MASS_ASSIGNMENT,
    reads="call",
    of=(
        *("?.update", "?.values", "?.create", "?.insert", "?.get_or_create", "?.__dict__.update", "?.from_dict"),
        *(f"sqlalchemy.{verb}().values" for verb in ("insert", "update")),
        *("sqlalchemy.update().where().values", "sqlalchemy.Query().update", "vars().update"),
    ),
)
def values_named(call: Call) -> Iterator[Match]:
    """``update(table).values(**data)``, ``query.update(data)``, ``record.__dict__.update(data)``."""
    if call.receiver is None or not _writes_record(call):
        return
    given = [call.more] if call.more is not None else []
    for value in (*given, *(argument for argument in call.args[:1] if call.name in ("update", "values", "insert"))):
        found = _with_clients_names(call, value)
        if found is not None:
            # A method called create() of something unknown may make anything.
            guessed = call.name == "create" and not call.receiver.refs and not _is_of_database(call.path)
            confidence = Confidence.LOW if guessed else None
            yield call.flow(found, Use.FIELDS, _TITLE.format(f"{call.name}()"), confidence=confidence)
            return


def _is_of_database(path: str) -> bool:
    return any(word in path for word in ("sqlalchemy", "peewee", "mongoengine"))


def _writes_record(call: Call) -> bool:
    """Return whether a method belongs to a record, a table or a query, rather than to a dictionary."""
    receiver = call.receiver
    if receiver is None or (receiver.taint and not (receiver.step is not None and receiver.step.stored)):
        return False
    path = call.path
    if receiver.derived is not None and receiver.derived[0] == "attributes":
        return True
    if _is_of_database(path) or any(word in path for word in ("__dict__", "vars()", "query")):
        return True
    for ref in receiver.refs:
        cls = ref.cls if isinstance(ref, Instance) else ref
        if isinstance(cls, Class) and _is_record(cls):
            return True
    return call.name in ("values", "create") and call.more is not None and not receiver.refs


def _with_clients_names(call: Call, value: Value) -> Value | None:
    """Return what a client names in a mapping, or ``None``."""
    value = call.machine.resolve(value)
    if value is call.more:
        return value if call.machine.taint(value) & both(Use.FIELDS) else None
    if call.machine.taint(value) & both(Use.FIELDS):
        return value
    _, rest, names = entries_of(call.machine, value)
    if value.refs and rest is not None and names is not None and call.machine.taint(names) & both(Use.CODE):
        return names
    return None


@checks(
    MASS_ASSIGNMENT,
    reads="call",
    of=(
        "?.bulk_insert_mappings",
        "?.bulk_update_mappings",
        "?.insert_one",
        "?.insert_many",
        "?.update_one",
        "?.replace_one",
    ),
)
def rows_named(call: Call) -> Iterator[Match]:
    """``session.bulk_insert_mappings(Model, [data])``, ``collection.insert_one(data)``."""
    mongo = not call.name.startswith("bulk")
    position = 0 if call.name.startswith("insert") else 1
    value = call.arg(position)
    if value is None:
        return
    items, rest = (
        items_of(call.machine, value)
        if call.name not in ("insert_one", "update_one", "replace_one")
        else ([value], None)
    )
    if call.name == "update_one":
        entries, further, _ = entries_of(call.machine, value)
        items = [*entries.values(), *([further] if further is not None else [])]
    for item in (*items, *([rest] if rest is not None else [])):
        found = _with_clients_names(call, item)
        if found is not None:
            confidence = Confidence.MEDIUM if mongo else None
            yield call.flow(found, Use.FIELDS, _TITLE.format(f"{call.name}()"), confidence=confidence)
            return
