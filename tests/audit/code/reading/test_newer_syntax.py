"""Newer syntax: the tree is that of the older spelling, at the true lines and columns."""

from __future__ import annotations

import ast
import contextlib
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.audit.code.reading.constructs import (
    BARE_EXCEPT,
    F_STRINGS,
    LAZY_IMPORTS,
    T_STRINGS,
    TYPE_PARAMETERS,
    TYPE_STATEMENTS,
    UNPACKING,
)
from flask_garrison.audit.code.reading.newer_syntax import parse_newer
from flask_garrison.audit.code.reading.nodes import Interpolation, TemplateStr
from flask_garrison.audit.code.reading.tokens import MalformedError


def newer(source: str) -> ast.Module:
    return parse_newer(source.encode())[0]


def dump(tree: ast.AST, *, places: bool = True) -> str:
    # Python 3.12 leaves empty text in format specifications.
    return ast.dump(tree, include_attributes=places).replace(", Constant(value='')]", "]")


# The older spelling has every part in the same column.
SAME_PLACES = [
    ("type X = int\n", "X    = int\n"),
    ("def f[T](a: T) -> T: pass\n", "def f   (a: T) -> T: pass\n"),
    ("def f[T: (int, str) = int, *Ts = *tuple[int, ...], **P = [int]](a): pass\n", f"def f{' ' * 60}(a): pass\n"),
    ("async def f[T](): await x\n", "async def f   (): await x\n"),
    ("def f[\n    T,  # kind\n    U: 'a[',\n](a): pass\n", "def f(\n    \n    \n  a): pass\n"),
    ("class A[T]: b = 1\n", "class A   : b = 1\n"),
    ("class A[T](B[T], c=D): pass\n", "class A   (B[T], c=D): pass\n"),
    ("class A[T](*B): pass\n", "class A   (*B): pass\n"),
    ("class A[\n    T,\n](\n    B,\n): pass\n", "class A(\n    \n \n    B,\n): pass\n"),
    ("@d\ndef f[T](a=[*b]): pass\n", "@d\ndef f   (a=[*b]): pass\n"),
    ("lazy import a.b\n", "import      a.b\n"),
    ("if x: lazy import a; y = 1\n", "if x: import      a; y = 1\n"),
]


@pytest.mark.parametrize(("source", "older"), SAME_PLACES)
def test_statements_equal_the_older_spelling(source: str, older: str) -> None:
    found, expected = newer(source), ast.parse(older)
    assert dump(found, places=False) == dump(expected, places=False)
    spots = [(type(node), node.lineno, node.end_lineno) for node in ast.walk(found) if isinstance(node, ast.stmt)]
    assert spots == [
        (type(node), node.lineno, node.end_lineno) for node in ast.walk(expected) if isinstance(node, ast.stmt)
    ]


@pytest.mark.parametrize(
    ("source", "older"),
    [
        ("def f[T](a: T) -> T: pass\n", "def f   (a: T) -> T: pass\n"),
        ("class A[T](B[T], c=D): pass\n", "class A   (B[T], c=D): pass\n"),
        ("class A[T]: b = 1\n", "class A   : b = 1\n"),
        ("def f[\n    T,  # kind\n](a): pass\n", "def f(\n    \n  a): pass\n"),
    ],
)
def test_columns_equal_those_of_the_older_spelling(source: str, older: str) -> None:
    assert dump(newer(source)) == dump(ast.parse(older))


def test_type_statement_has_its_true_places() -> None:
    statement = newer("é = 1; type Ä[T, *U] \\\n  = list[T]\n").body[1]
    assert isinstance(statement, ast.Assign)
    target = statement.targets[0]
    assert (statement.lineno, statement.col_offset) == (1, 8)
    assert isinstance(target, ast.Name)
    assert (target.id, target.col_offset, target.end_col_offset) == ("Ä", 13, 15)
    assert (statement.value.lineno, statement.value.col_offset) == (2, 4)


@pytest.mark.parametrize(
    "source",
    [
        "type = 1\n",
        "type(x)\n",
        "type[1]\n",
        "type == x\n",
        "type if x else y\n",
        "x = type\n",
        "type: int = 1\n",
        "lazy = 1\n",
        "lazy(x)\n",
        "match f'{x}':\n  case 1: pass\n",
        "a[type :x]\n",
        "a = *b, c\n",
        "[*a, *b]\n",
        "f(*[a for a in b])\n",
        "{**a, 'b': [c for c in d]}\n",
        "f(*a, (b for b in c))\n",
        "[(*a,) for a in b]\n",
        "try: pass\nexcept (A, B) as e: pass\n",
        "try: pass\nexcept A: x = 1, 2\n",
        "x[a:b, c]\n",
        "lambda: (yield)\n",
    ],
)
def test_what_only_looks_newer_stays(source: str) -> None:
    assert dump(newer(source), places=False) == dump(ast.parse(source), places=False)


@pytest.mark.parametrize("star", ["", "*"])
@pytest.mark.parametrize(
    ("bare", "bracketed"), [("A, B.c", "(A, B.c)"), ("A, B, f(x, y)", "(A, B, f(x, y))"), ("A,", "(A,)")]
)
def test_except_without_parentheses(star: str, bare: str, bracketed: str) -> None:
    found = newer(f"try: pass\nexcept{star} {bare}: pass\n")
    expected = ast.parse(f"try: pass\nexcept{star} {bracketed}: pass\n")
    assert dump(found, places=False) == dump(expected, places=False)


def test_except_has_its_true_places() -> None:
    handler = newer("try: pass\nexcept A, B:\n  c\n").body[0].handlers[0]  # type: ignore[attr-defined]
    assert (handler.type.col_offset, handler.type.end_col_offset) == (7, 11)
    assert [(kind.id, kind.col_offset) for kind in handler.type.elts] == [("A", 7), ("B", 10)]


def test_except_with_a_name_needs_parentheses() -> None:
    with pytest.raises(SyntaxError):
        newer("try: pass\nexcept A, B as c: pass\n")


@pytest.mark.parametrize(
    ("source", "loops"),
    [
        ("[*a for a in b]", "[_i for a in b for _i in a]"),
        ("{*a for a in b if c}", "{_i for a in b if c for _i in a}"),
        ("f(*a for a in b for c in d)", "f(_i for a in b for c in d for _i in a)"),
        ("{**a for a in b}", "{_k: _i for a in b for (_k, _i) in a.items()}"),
    ],
)
def test_unpacking_in_comprehensions(source: str, loops: str) -> None:
    found = dump(newer(source), places=False).replace("'.item'", "'_i'").replace("'.key'", "'_k'")
    assert found == dump(ast.parse(loops), places=False)


# Of Python 3.12: the same quotes, backslashes, comments and lines inside; left the new spelling, right the old.
F_STRING_PAIRS = [
    ('f"a {d["k"]} b"', "f\"a {d['k']} b\""),
    ("f'{d['k']!r:>{w['x']}}'", 'f\'{d["k"]!r:>{w["x"]}}\''),
    ("f\"{'\\n'.join(a)}\"", 'f"""{_}"""'),
    ('f"{f"{f"{1 + 1}"}"}"', 'f"""{f\'\'\'{f"{1 + 1}"}\'\'\'}"""'),
    ('f"a {\n  x  # } "\n} b"', 'f"a {x} b"'),
    ('f"{x:{f"{w}"}}"', "f\"{x:{f'{w}'}}\""),
    ('f"{ {"a": 1}["a"] }"', "f\"{ {'a': 1}['a'] }\""),
    ('rf"\\d{d["k"]}\\{x}"', "rf\"\\d{d['k']}\\{x}\""),
    ('f"\\N{DIGIT ONE}{{{d["k"]}}}\\x41\\"" "{z}"', 'f"\\N{DIGIT ONE}{{{d[\'k\']}}}\\x41\\"" "{z}"'),
    ('f"""a\n"{d["""k"""]}"\n"""', 'f\'\'\'a\n"{d["""k"""]}"\n\'\'\''),
    ('"a" f"{d["k"]}" \\\n "c{{"', '"a" f"{d[\'k\']}" \\\n "c{{"'),
    ('f"{d["k"]}".format(f"{x}")[0]', 'f"{d[\'k\']}".format(f"{x}")[0]'),
    ('f"{x, d["k"]}{*a, *b}"', "f\"{x, d['k']}{*a, *b}\""),
    ('f"{(lambda y: y["k"])(x)}"', "f\"{(lambda y: y['k'])(x)}\""),
    ('f"{x != d["k"]}{(y := 1):=5}"', "f\"{x != d['k']}{(y := 1):=5}\""),
    ('f"{d["k"] = }{d["k"]=!s}{x=:>3}"', 'f"d[\\"k\\"] = {d[\'k\']!r}d[\\"k\\"]={d[\'k\']!s}{x=:>3}"'),
    ('f"{yield d["k"]}{yield}{yield from a["b"]}"', "f\"{yield d['k']}{yield}{yield from a['b']}\""),
    ('f""f"{d["k"]}"', "f\"{d['k']}\""),
    ('f"é{ü["ä"]}ö"', "f\"é{ü['ä']}ö\""),
]


@pytest.mark.parametrize(("source", "older"), F_STRING_PAIRS)
def test_f_strings_equal_the_older_spelling(source: str, older: str) -> None:
    expected = dump(ast.parse(f"x = {older}"), places=False)
    expected = expected.replace(
        "Name(id='_', ctx=Load())", dump(ast.parse("'\\n'.join(a)", mode="eval").body, places=False)
    )
    assert dump(newer(f"x = {source}"), places=False) == expected


@pytest.mark.skipif(sys.version_info < (3, 13), reason="needs a Python that parses them by itself")
@pytest.mark.parametrize("source", [source for source, _ in F_STRING_PAIRS])
def test_f_strings_equal_what_a_newer_python_reads(source: str) -> None:
    assert dump(newer(f"x = {source}")) == dump(ast.parse(f"x = {source}"))


def test_f_strings_have_their_true_places() -> None:
    value = newer('a = "é" f"ü {b["k"]!r:>{c}} z" + d').body[0].value.left  # type: ignore[attr-defined]
    assert (value.col_offset, value.end_col_offset) == (4, 32)
    field = value.values[1]
    assert (field.col_offset, field.end_col_offset) == (14, 29)
    assert (field.value.col_offset, field.value.end_col_offset) == (15, 21)
    assert field.format_spec.values[1].value.col_offset == 26


def test_lines_of_expressions_inside_f_strings() -> None:
    value = newer('a = f"""\n{b["k"]}\n  {\n c\n}"""\nd\n').body[0].value  # type: ignore[attr-defined]
    assert [part.value.lineno for part in value.values if isinstance(part, ast.FormattedValue)] == [2, 4]


def test_t_strings() -> None:
    node = newer('x = t"a {b["c"]!r:>{w}} {d}" rt"\\n"').body[0].value  # type: ignore[attr-defined]
    assert isinstance(node, TemplateStr)
    first, field, space, second, last = node.values
    assert [part.value for part in (first, space, last)] == ["a ", " ", "\\n"]
    assert isinstance(field, Interpolation)
    assert (ast.unparse(field.value), field.str, field.conversion) == ("b['c']", 'b["c"]', ord("r"))
    assert isinstance(field.format_spec, ast.JoinedStr)
    assert isinstance(second, Interpolation)


@pytest.mark.parametrize(
    "source",
    [
        'x = y f"{z}"',
        'x = (y) f"{z}"',
        'x = 1 f"{z}"',
        'f"{x}" = 1',
        'for f"{x}" in y: pass',
        'x = f"{}"',
        'x = f"{y"',
        'x = f"}"',
        'x = f"{y!z}"',
        'x = f"{y!}"',
        'x = f"{y:{z}"',
        'x = b"a" f"{z}"',
        'x = t"a" "b"',
        'x = f"{a b}"',
        "x = (",
        "x = (]",
        "x = )",
        "x = 'a",
        "def f[T]: pass",
        "type X",
        "type X[T]",
        "x = f'''a",
        "print 'a'",
    ],
)
def test_real_errors_stay_errors(source: str) -> None:
    with pytest.raises(SyntaxError) as error:
        newer("a = 1\n" + source + "\n")
    assert error.value.lineno in (2, 3)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('f"{a["b"]}"', F_STRINGS),
        ("type A = b", TYPE_STATEMENTS),
        ("def f[T](): pass", TYPE_PARAMETERS),
        ("try: pass\nexcept A, B: pass", BARE_EXCEPT),
        ('t"{a}"', T_STRINGS),
        ("lazy from a import b", LAZY_IMPORTS),
        ("[*a for a in b]", UNPACKING),
        ('type A[T] = b\nt"a"\n', f"{T_STRINGS}, {TYPE_STATEMENTS}"),
    ],
)
def test_what_was_met_is_named(source: str, words: str) -> None:
    assert parse_newer(source.encode())[1] == words


def test_encodings_and_lines_are_those_of_python() -> None:
    tree = parse_newer('# coding: latin-1\r\nx = f"é{d["k"]}"\ry = 1\r\n'.encode("latin-1"))[0]
    value = tree.body[0].value  # type: ignore[attr-defined]
    assert (value.values[0].value, value.col_offset, tree.body[1].lineno) == ("é", 4, 3)
    assert len(parse_newer(b"\xef\xbb\xbftype X = int\n")[0].body) == 1


@pytest.mark.parametrize("source", ['x = f"{' * 200, "(" * 200, "x = 'a\n", 'f"{"', "def f[", "type X[", "except A,"])
def test_torn_source_is_an_error_and_nothing_worse(source: str) -> None:
    with pytest.raises((SyntaxError, RecursionError)):
        newer(source)


names = st.sampled_from(["a", "b", "ü"])
expressions = st.recursive(
    names | st.sampled_from(["1", "None", "'t'", "-a", "a + b", "f(a)", "(a if b else c)", "a[1:2]", "(not a)"]),
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("g({}, k={})".format, inner, inner),
        st.builds("(lambda: {})".format, inner),
        st.builds(" {{1: {}}} ".format, inner),
        st.builds("{}[{}]".format, names, inner),
    ),
    max_leaves=5,
)
texts = st.text(st.sampled_from("ab é:!=\"'#/.,()[]"), max_size=6)
ends = st.sampled_from(["", "!r", "!s:>5", ":{a}.{b}x", " = ", "=!a", ":"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(texts, expressions, ends), max_size=5), texts)
def test_any_f_string_is_put_together_as_python_does(parts: list[tuple[str, str, str]], last: str) -> None:
    # Python 3.13.0 loses the end of the text that {{...} = } shows.
    fields = [(text, expression, "" if "}" in expression else end) for text, expression, end in parts]
    body = "".join(f"{text}{{{expression}{end}}}" for text, expression, end in fields) + last
    source = f"x = f''' {body} '''\n"
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert dump(newer(source), places=False) == dump(ast.parse(source), places=False)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ft'\"{}!:=\\#\n ()[],*abx1"), max_size=30))
def test_no_noise_breaks_the_reader(noise: str) -> None:
    try:
        expected = ast.parse(noise)
    except (SyntaxError, ValueError):
        with contextlib.suppress(SyntaxError):
            parse_newer(noise.encode())
    else:
        assert dump(newer(noise), places=False) == dump(expected, places=False)


def test_malformed_source_is_told_from_an_error_beside_newer_syntax() -> None:
    with pytest.raises(MalformedError):
        newer("a b\n")
    with pytest.raises(SyntaxError) as error:
        newer("type A = b\na b\n")
    assert not isinstance(error.value, MalformedError)
