"""Queries of a directory that a client's text is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.directories import FILTER, NAME
from ...code.values.pieces import Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

LDAP_INJECTION = Rule(
    id="inputs.ldap-injection",
    kind="code",
    control="inputs.query-languages",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(90,),
    asvs=("V1.2.6",),
    title="A query of a directory is put together with a client's text",
    why="A bracket or a star in the value changes the filter: a login matches any user, and attributes that nobody was "
    "to see are found out letter by letter. In a name, a comma leads to another branch of the tree.",
    fix="Escape the value for where it stands: `escape_filter_chars` in a filter, `escape_dn_chars` or `escape_rdn` "
    "in a name. The one does not do the other's work.",
    before='connection.search(BASE, f"(uid={name})")',
    after='connection.search(BASE, f"(uid={escape_filter_chars(name)})")',
    guard="Nothing yet: the sensor at the directory comes in a later version.",
    language="python",
)

_ASYNC = ("search_s", "search_st", "search_ext", "search_ext_s")
_NAMED = ("simple_bind_s", "bind_s", "modify_s", "delete_s", "add_s", "compare_s", "rename_s", "passwd_s", "modrdn_s")
_FILTER = re.compile(r"\(\s*[&|!]?\s*\(?\s*[\w;.:-]+\s*[~<>:]?=")
_NAME = re.compile(r"(?:^|,|\0)\s*(?:uid|cn|ou|dc|o|sn|mail|samaccountname|member)\s*=", re.IGNORECASE)


@checks(
    LDAP_INJECTION,
    reads="call",
    of=(*(f"?.{name}" for name in (*_ASYNC, *_NAMED)), "?.search", "?.rebind", "ldap3.Connection", "?.paged_search",
        "?.get_object_details", "?.entry_attributes", "ldap3.Reader"),
)  # fmt: skip
def ldap_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in a filter, or in a name."""
    for value, fact in _parts(call):
        for hole in call.tainted(value, Use.LDAP):
            if _is_open(hole, fact):
                words = "filter" if fact == FILTER else "distinguished name"
                title = f"{call.name}() is given a {words} that a client's text is part of"
                yield call.flow(hole, Use.LDAP, title)
                return


def _parts(call: Call) -> Iterator[tuple[Value, tuple[str, str]]]:
    """Yield the arguments that are filters or names, each with the fact of what is escaped for it."""
    if call.name in _ASYNC:
        given = [(call.arg(0, "base"), NAME), (call.arg(2, "filterstr"), FILTER)]
    elif call.name in _NAMED:
        given = [(call.arg(0, "who", "dn"), NAME)]
    elif call.path == "ldap3.Connection" or call.name == "rebind":
        given = [(call.arg(1 if call.path == "ldap3.Connection" else 0, "user"), NAME)]
    elif call.path == "ldap3.Reader":
        given = [(call.arg(3, "base"), NAME), (call.arg(2, "query"), FILTER)]
    elif call.path.startswith("ldap") or _FILTER.search(call.text(1, "search_filter")):
        given = [(call.arg(0, "search_base"), NAME), (call.arg(1, "search_filter"), FILTER)]
    else:
        given = []
    for value, fact in given:
        if value is not None:
            yield value, fact


def _is_open(hole: Hole, fact: tuple[str, str]) -> bool:
    if fact in hole.value.facts:
        return False
    # An account's name such as user@domain is no path in the tree.
    return fact == FILTER or bool(_NAME.search(hole.before) or _NAME.search(hole.after)) or not hole.before + hole.after
