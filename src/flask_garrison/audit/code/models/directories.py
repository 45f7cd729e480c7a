"""LDAP: what escapes a value for a filter, and what for a name, which are two things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import items_of, text_of_parts
from ..values.taint import Use, without
from ..values.value import UNKNOWN, Value, constant
from .registry import alias, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call

FILTER: Final = ("escaped", "filter")
NAME: Final = ("escaped", "name")
"""Facts: a text was escaped for a filter, for a distinguished name."""

alias(
    {
        "ldap.initialize()": "ldap.LDAPObject()",
        "ldap.open()": "ldap.LDAPObject()",
        "ldap.ldapobject.LDAPObject()": "ldap.LDAPObject()",
        "ldap.ldapobject.ReconnectLDAPObject()": "ldap.LDAPObject()",
        "ldap3.core.connection.Connection()": "ldap3.Connection()",
        "ldap3.utils.dn.safe_rdn": "ldap3.utils.dn.escape_rdn",
        "flask_simpleldap.escape_filter_chars": "ldap.filter.escape_filter_chars",
    }
)


@on_call("ldap.filter.escape_filter_chars", "ldap3.utils.conv.escape_filter_chars", "ldap3.utils.conv.escape_bytes")
def escape_filter(call: Call) -> Value:
    """A value as it may stand in a filter."""
    return _escaped(call.arg(0), call, FILTER)


@on_call("ldap.dn.escape_dn_chars", "ldap3.utils.dn.escape_rdn")
def escape_name(call: Call) -> Value:
    """A value as it may stand in a distinguished name."""
    return _escaped(call.arg(0), call, NAME)


def _escaped(value: Value | None, call: Call, fact: tuple[str, str]) -> Value:
    made = cleaned(call, value, 0, "escaped")
    return made.but(facts=made.facts | {fact}) if made.taint else UNKNOWN


@on_call("ldap.filter.filter_format")
def filter_format(call: Call) -> Value:
    """``filter_format("(uid=%s)", [uid])``: every value is escaped, the first argument is not."""
    template = call.arg(0, "filter_template")
    values = call.arg(1, "assertion_values")
    if template is None:
        return UNKNOWN
    if values is not None and template.known and isinstance(template.constant, str):
        items, rest = items_of(call.machine, values)
        parts = [constant(template.constant.partition("%s")[0])]
        parts += [
            Value(without(carried(call, item).taint, Use.LDAP), step=item.step)
            for item in [*items, *([rest] if rest is not None else [])]
        ]
        return text_of_parts(call.machine, parts, call.node)
    return carried(call, template)
