"""Source is read, never run: what is constant has a value, everything else says that it has none."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.facts.literals import Assigned, assigned_in

ENVIRON = {"PORT": "9000", "EMPTY": ""}


def value(expression: str) -> Any:
    return assigned_in(f"import os\nx = {expression}\n", ENVIRON).values.get("x", "unread")


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1_000", 1000),
        ("'a' 'b'", "ab"),
        ("-1", -1),
        ("not True", False),
        ("2 * 3 + 1", 7),
        ("1024 - 24", 1000),
        ("['a', 'b'] + ['c']", ["a", "b", "c"]),
        ("('a', 1)", ["a", 1]),
        ("{'a': 1}", {"a": 1}),
        ("f'0.0.0.0:{8000}'", "0.0.0.0:8000"),
        ("os.environ['PORT']", "9000"),
        ("os.environ.get('PORT', 8000)", "9000"),
        ("os.getenv('NONE', '8000')", "8000"),
        ("os.getenv('NONE')", None),
        ("int(os.environ.get('PORT'))", 9000),
        ("f\"0.0.0.0:{os.environ.get('PORT', '8000')}\"", "0.0.0.0:9000"),
        ("os.environ.get('EMPTY') or 'default'", "default"),
        ("os.environ.get('PORT') and 'set'", "set"),
    ],
)
def test_what_is_constant_has_a_value(expression: str, result: object) -> None:
    assert value(expression) == result


@pytest.mark.parametrize(
    "expression",
    [
        "open('/etc/hostname').read()",
        "os.environ['NONE']",
        "__import__('os').system('true')",
        "[n for n in range(3)]",
        "{**settings}",
        "'a' if os.path.exists('/') else 'b'",
        "int('no number')",
        "'x' * 10",
        "10 ** 10 ** 10",
        "f'{8000:>10}'",
        "~1",
        "'a' + 1",
        "multiprocessing.cpu_count() * 2 + 1",
    ],
)
def test_what_only_running_tells_has_none(expression: str) -> None:
    found = assigned_in(f"import os\nx = {expression}\n", ENVIRON)
    assert "x" in found.unread
    assert "x" not in found.values


def of(source: str) -> Assigned:
    return assigned_in(source, ENVIRON)


def test_the_last_assignment_counts() -> None:
    assert of("x = 1\nx = 2\n").values == {"x": 2}
    assert of("x = 1\nx = work()\n").unread == {"x"}
    assert of("x = work()\nx = 2\n").unread == set()
    assert of("a = 'h'\nb = a + ':1'\n").values["b"] == "h:1"
    assert of("x: int = 3\n").values == {"x": 3}


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\nif work():\n    x = 2\n",
        "x = 1\ntry:\n    x = 2\nexcept E:\n    pass\n",
        "for x in work():\n    pass\n",
        "x = 1\nx += 1\n",
        "x = [1]\nwith work():\n    x = 2\n",
        "x, y = work()\n",
        "x = y = work()\n",
    ],
)
def test_what_a_branch_may_change_is_unread(source: str) -> None:
    assert "x" in of(source).unread


def test_functions_are_stated_and_have_no_value() -> None:
    found = of("def ssl_context(conf, default):\n    return default()\n")
    assert (found.lines, found.values, found.unread) == ({"ssl_context": 1}, {}, set())


def test_names_from_elsewhere_may_be_anything() -> None:
    assert of("from settings import *\n").anything
    assert of("globals().update(work())\n").anything
    assert not of("from settings import x\nprint(x)\n").anything


@given(st.text())
def test_no_source_breaks_the_reader(source: str) -> None:
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        of(source)
