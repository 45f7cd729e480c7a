"""Objects: bases are searched in the order in which Python searches them; lists and mappings do what Python's do."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.audit.code.project.sources import Source
from flask_garrison.audit.code.values.objects import Class, Scope
from flask_garrison.audit.code.values.value import Value
from tests.audit.code.flows import in_view

SOURCE = Source(Path("app.py"), "app.py", "app", ast.Module([], []))
bases = st.lists(st.sets(st.integers(0, 5), max_size=3).map(sorted), min_size=1, max_size=6)
"""For each class, the earlier ones that it derives from."""


def made(name: str, parents: list[Class]) -> Class:
    """Return a class."""
    node = ast.ClassDef(name, [], [], [], [])
    return Class(name, node, SOURCE, tuple(Value(refs=(one,)) for one in parents), Scope(None, "class"))


@given(bases, st.randoms())
def test_ancestors_come_in_pythons_order(chosen: list[list[int]], random: Any) -> None:
    real: list[type] = []
    ours: list[Class] = []
    for number, before in enumerate(chosen):
        parents = [one for one in before if one < len(real)]
        random.shuffle(parents)
        try:
            kind = type(f"C{number}", tuple(real[one] for one in parents), {})
        except TypeError:
            continue
        real.append(kind)
        ours.append(made(kind.__name__, [ours[one] for one in parents]))
    for kind, cls in zip(real, ours, strict=True):
        assert [one.name for one in cls.ancestors()] == [one.__name__ for one in kind.__mro__[:-1]]


def test_where_python_refuses_the_order_every_class_is_there() -> None:
    base = made("Base", [])
    child = made("Child", [base])
    assert {cls.name for cls in made("Both", [base, child]).ancestors()} == {"Base", "Child", "Both"}


STEPS = (
    "items.append({value})",
    "items.insert({number}, {value})",
    "items.extend([{value}, 'e'])",
    "items += ['f', {value}]",
    "items = items + [{value}]",
    "items = items[{number}:]",
    "items = items[::-1]",
    "items.reverse()",
    "items = [*items, {value}]",
    "items[0:1] = [{value}]",
    "del items[{number}:{number} + 1]",
    "other = items; other.append({value})",
    "other = items.copy(); other.append({value})",
    "items = [item for item in items]",
    "items.pop() if items else None",
    "items = list(items)",
    "first, *items = ['g', *items]",
    "items.pop(0) if items else None",
    "items = items * 2 if len(items) < 4 else items",
)
"""Changes of a list, each of which Python can always make."""
MAPPING_STEPS = (
    "row['{key}'] = {value}",
    "row.update({key}={value})",
    "row |= {{'{key}': {value}}}",
    "row = row | {{'{key}': {value}}}",
    "row = {{**row, '{key}': {value}}}",
    "row = {{'{key}': {value}, **row}}",
    "row.pop('{key}', None)",
    "row.setdefault('{key}', {value})",
    "row = dict(row, {key}={value})",
    "row = {{name: item for name, item in row.items()}}",
    "other = row; other['{key}'] = {value}",
    "other = row.copy(); other['{key}'] = {value}",
    "row = dict(zip(row.keys(), row.values()))",
    "row = dict(row.items())",
    "row['{key}'] = row.get('{key}', {value})",
)
Step = tuple[str, int, str, bool]


def steps(forms: tuple[str, ...]) -> st.SearchStrategy[list[Step]]:
    """Return some steps: form, number, key, whether the value is a client's."""
    one = st.tuples(st.sampled_from(forms), st.integers(0, 2), st.sampled_from("abc"), st.booleans())
    return st.lists(one, min_size=1, max_size=6)


def lines(chosen: list[Step]) -> list[str]:
    """Return the steps as code."""
    return [
        form.format(number=number, key=key, value="q" if tainted else "'x'") for form, number, key, tainted in chosen
    ]


def ran(code: list[str], **names: Any) -> dict[str, Any]:
    """Return the names after Python has run some code."""
    space = {"q": "CLIENT", **names}
    exec("\n".join(code), space)  # noqa: S102 - made of the forms above alone
    return space


@given(steps(STEPS))
@settings(max_examples=60, deadline=None)
def test_lists_do_what_pythons_do(chosen: list[Step]) -> None:
    code = lines(chosen)
    items = ran(code, items=["a", "b"])["items"]
    sinks = [f"db.execute(items[{n}])" + ("  # found" if item == "CLIENT" else "") for n, item in enumerate(items)]
    in_view("\n".join(["items = ['a', 'b']", *code, *sinks]))


@given(steps(MAPPING_STEPS))
@settings(max_examples=60, deadline=None)
def test_mappings_do_what_pythons_do(chosen: list[Step]) -> None:
    code = lines(chosen)
    row = ran(code, row={"a": "x"})["row"]
    sinks = [f"db.execute(row['{key}'])" + ("  # found" if item == "CLIENT" else "") for key, item in row.items()]
    in_view("\n".join(["row = {'a': 'x'}", *code, *sinks]))
