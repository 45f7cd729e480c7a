"""Dataclasses, named tuples, enumerations and the like: fields told apart, defaults known."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

CASES = {
    "dataclass": (
        """
        @dataclass
        class Box:
            what: str
            label: str
        """,
        """
        box = Box(q, "a")
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "dataclass by keyword": (
        """
        @dataclass
        class Box:
            what: str
            label: str
        """,
        """
        box = Box(label=q, what="a")
        db.execute(box.label)  # found
        db.execute(box.what)
        """,
    ),
    "defaults": (
        """
        @dataclass
        class Box:
            what: str = "a"
            label: str = "b"
        """,
        """
        box = Box(label=q)
        db.execute(box.label)  # found
        db.execute(box.what)
        if Box().what == "b":
            db.execute(q)
        if Box().what == "a":
            db.execute(q)  # found
        """,
    ),
    "field(default=)": (
        """
        @dataclass
        class Box:
            what: str = field(default="a")
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box().what)
        if Box().what == "b":
            db.execute(q)
        """,
    ),
    "field(default_factory=)": (
        """
        @dataclass
        class Box:
            items: list = field(default_factory=list)
            names: dict = field(default_factory=dict)
        """,
        """
        box, other = Box(), Box()
        box.items.append(q)
        other.items.append("a")
        box.names["a"] = q
        db.execute(box.items[0])  # found
        db.execute(other.items[0])
        db.execute(box.names["a"])  # found
        db.execute(" ".join(other.names.values()))
        """,
    ),
    "default_factory as a lambda": (
        """
        @dataclass
        class Box:
            items: list = field(default_factory=lambda: ["a"])
        """,
        """
        box = Box()
        box.items.append(q)
        db.execute(box.items[1])  # found
        db.execute(box.items[0])
        """,
    ),
    "__post_init__": (
        """
        @dataclass
        class Box:
            what: str
            statement: str = field(init=False)
            def __post_init__(self):
                self.statement = "SELECT " + self.what
        """,
        """
        db.execute(Box(q).statement)  # found
        db.execute(Box("a").statement)
        """,
    ),
    "inherited fields": (
        """
        @dataclass
        class Base:
            what: str
        @dataclass
        class Box(Base):
            label: str
        """,
        """
        box = Box(q, "a")
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "ClassVar is no field": (
        """
        @dataclass
        class Box:
            table: ClassVar[str] = "a"
            what: str
        """,
        """
        box = Box(q)
        db.execute(box.what)  # found
        db.execute(box.table)
        """,
    ),
    "frozen, with a method": (
        """
        @dataclass(frozen=True, slots=True)
        class Box:
            what: str
            def statement(self):
                return f"SELECT {self.what}"
        """,
        """
        db.execute(Box(q).statement())  # found
        db.execute(Box("a").statement())
        """,
    ),
    "replace": (
        """
        @dataclass
        class Box:
            what: str
            label: str
        """,
        """
        box = dataclasses.replace(Box("a", "b"), what=q)
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "asdict": (
        """
        @dataclass
        class Box:
            what: str
            label: str
        """,
        """
        row = dataclasses.asdict(Box(q, "b"))
        db.execute(row["what"])  # found
        db.execute(row["label"])
        """,
    ),
    "spread arguments": (
        """
        @dataclass
        class Box:
            what: str
            label: str
        """,
        """
        box = Box(**{"what": q, "label": "a"})
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "NamedTuple": (
        """
        class Pair(NamedTuple):
            first: str
            second: str = "b"
        """,
        """
        pair = Pair(q)
        db.execute(pair.first)  # found
        db.execute(pair[0])  # found
        db.execute(pair.second)
        db.execute(pair[1])
        """,
    ),
    "NamedTuple unpacked": (
        """
        class Pair(NamedTuple):
            first: str
            second: str
        """,
        """
        first, second = Pair("a", q)
        db.execute(second)  # found
        db.execute(first)
        """,
    ),
    "namedtuple": (
        'Pair = namedtuple("Pair", "first second")',
        """
        pair = Pair(q, "a")
        db.execute(pair.first)  # found
        db.execute(pair.second)
        first, second = pair
        db.execute(first)  # found
        db.execute(second)
        """,
    ),
    "namedtuple by a list of names": (
        'Pair = namedtuple("Pair", ["first", "second"])',
        """
        pair = Pair(second=q, first="a")
        db.execute(pair.second)  # found
        db.execute(pair[1])  # found
        db.execute(pair.first)
        """,
    ),
    "_replace": (
        """
        class Pair(NamedTuple):
            first: str
            second: str
        """,
        """
        pair = Pair("a", "b")._replace(first=q)
        db.execute(pair.first)  # found
        db.execute(pair.second)
        """,
    ),
    "Enum's values are constants": (
        """
        class Column(Enum):
            NAME = "name"
            DATE = "date"
        """,
        """
        db.execute("SELECT " + q)  # found
        db.execute("SELECT " + Column.NAME.value)
        db.execute("SELECT " + Column[q].value)
        db.execute("SELECT " + Column(q).value)
        """,
    ),
    "Enum's names": (
        """
        class Column(Enum):
            NAME = "name"
        """,
        """
        if Column.NAME.value == "name":
            db.execute(q)  # found
        if Column.NAME.value == "date":
            db.execute(q)
        """,
    ),
    "iteration over an Enum": (
        """
        class Column(Enum):
            NAME = "name"
        """,
        """
        for column in Column:
            db.execute(column.value)
            db.execute(column.value + q)  # found
        """,
    ),
    "attrs": (
        """
        import attr
        @attr.s
        class Box:
            what = attr.ib()
            label = attr.ib(default="b")
        """,
        """
        box = Box(q, "a")
        db.execute(box.what)  # found
        db.execute(box.label)
        db.execute(Box(q).label)
        """,
    ),
    "attrs with annotations": (
        """
        from attrs import define
        @define
        class Box:
            what: str
            label: str = "b"
        """,
        """
        box = Box(q)
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "TypedDict": (
        """
        class Row(TypedDict):
            what: str
            label: str
        """,
        """
        row = Row(what=q, label="a")
        db.execute(row["what"])  # found
        db.execute(row["label"])
        other: Row = {"what": "a", "label": q}
        db.execute(other["what"])
        """,
    ),
}
IMPORTS = """\
import dataclasses
from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, NamedTuple, TypedDict
"""


@pytest.mark.parametrize(("before", "body"), CASES.values(), ids=CASES)
def test_records(before: str, body: str) -> None:
    from textwrap import dedent

    in_view(body, IMPORTS + dedent(before))
