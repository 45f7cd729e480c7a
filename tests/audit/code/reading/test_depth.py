"""No tree is too deep for whoever walks it by recursion; nothing is lost in silence."""

from __future__ import annotations

import ast

import pytest

from flask_garrison.audit.code.reading.depth import CUT, DEEPEST, shorten


def depth(tree: ast.AST) -> int:
    levels, nodes = 0, [tree]
    while nodes:
        levels, nodes = levels + 1, [child for node in nodes for child in ast.iter_child_nodes(node)]
    return levels


def shortened(source: str) -> tuple[ast.Module, tuple[int, ...]]:
    tree = ast.parse(source)
    return tree, shorten(tree, source.encode())


MANY = 400


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = a" + ".b()" * MANY, (1,)),
        ("x = " + "-" * MANY + "1", (1,)),
        ("x = " + "not " * MANY + "1", (1,)),
        ("x = " + "a if b else " * MANY + "c", (1,)),
        ("x = " + "a ** " * MANY + "c", (1,)),
        ("a\nx = (\n" + "a - (\n" * 190 + "1" + ")" * 191, (2,)),
        ("for x in " + "[" * 190 + "]" * 190 + ":\n  y\n", (1,)),
        ("@a(" + "-" * MANY + "1)\ndef f(): pass\n", (1,)),
        ("def f(a=" + "-" * MANY + "1): pass\n", (1,)),
        ("class A:\n  def f(self):\n    try:\n      x\n    except B:\n      return " + "-" * MANY + "1\n", (6,)),
        ("with a as b, " + "-" * MANY + "c: pass\n", (1,)),
        ("match x:\n  case " + "[" * 190 + "]" * 190 + ": pass\n  case b if " + "-" * MANY + "c: pass\n", (2, 3)),
        ("a" + ".b" * MANY + " = 1", (1,)),
        ("f'{" + "-" * MANY + "1}'", (1,)),
    ],
)
def test_too_deep_statements_are_cut_and_named(source: str, lines: tuple[int, ...]) -> None:
    tree, found = shortened(source)
    assert found == lines
    assert depth(tree) <= DEEPEST + 10
    compile(tree, "", "exec")


def test_cut_keeps_what_lies_above() -> None:
    statement = shortened("x = a" + ".b()" * MANY + ".last(y)")[0].body[0]
    assert isinstance(statement, ast.Assign)
    assert isinstance(statement.value, ast.Call)
    assert ast.unparse(statement.value).endswith(".b().last(y)")
    assert ast.unparse(statement.value).startswith(CUT)


def test_long_elif_is_cut_behind_many() -> None:
    source = "if a: f()\n" + "".join(f"elif a == {number}: g()\n" for number in range(MANY))
    tree, lines = shortened(source)
    assert lines
    assert min(lines) > DEEPEST
    assert depth(tree) <= DEEPEST + 10


@pytest.mark.parametrize("sign", ["+", "|", "&"])
def test_long_sums_are_balanced(sign: str) -> None:
    operands = [str(number) for number in range(MANY)]
    tree, lines = shortened("x = " + f" {sign} ".join(operands))
    assert lines == ()
    assert depth(tree) < 20
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert sorted(constants) == sorted(map(int, operands))
    top = tree.body[0].value  # type: ignore[attr-defined]
    assert (top.col_offset, top.left.end_col_offset < top.right.col_offset) == (4, True)


def test_sum_inside_a_deep_sum() -> None:
    inner = "f(" + " + ".join(["b"] * MANY) + ")"
    tree, lines = shortened("x = " + " + ".join(["a"] * MANY + [inner] + ["c"] * MANY))
    assert lines == ()
    assert depth(tree) < 35


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = [" + "[1, 2], " * MANY + "]",
        "x = f(" + "a.b, " * MANY + ")",
        "x = 1\n" * MANY,
        "x = " + "a + " * 60 + "b",
        "x = " + "a and " * MANY + "b",
        "x = '" + "(" * MANY + "'",
        "if a:\r  b\relse:\r  c\r" * MANY,
    ],
)
def test_what_is_only_long_stays_as_it_is(source: str) -> None:
    tree, lines = shortened(source)
    assert lines == ()
    assert ast.dump(tree, include_attributes=True) == ast.dump(ast.parse(source), include_attributes=True)
