"""Comments are found exactly: the standard library's tokenizer says the same where it can read the file."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flask_garrison.audit.inline.comments import comments_of

HERE = Path(__file__).parents[3]


def texts(source: str) -> list[str]:
    return [comment.text for comment in comments_of(source)]


def by_tokenize(source: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(source, newline="").readline)
    return [(token.start[0], token.string.rstrip("\r\n")) for token in tokens if token.type == tokenize.COMMENT]


@pytest.mark.parametrize(
    ("source", "comments"),
    [
        ("a = 1  # nosec", ["# nosec"]),
        ('a = "# nosec"', []),
        ("a = '# \\' # nosec'  # b", ["# b"]),
        ('a = """\n# nosec\n"""  # b', ["# b"]),
        ('a = r"\\"  # nosec', []),
        ('return"# no"  # b', ["# b"]),
        ('a = rb"# no" + Rb"# no" + u"# no"  # b', ["# b"]),
        ('a = "open  # no\nb = 1  # yes', ["# yes"]),
        ('a = f"{{ # no }}"  # b', ["# b"]),
        ('a = f"{x:#x} # no {y!r:>{width}#} # no"  # b', ["# b"]),
        ("a = f\"{d['# no']} # no\"  # b", ["# b"]),
        ('a = f"{d["# no"]} # no"  # b', ["# b"]),
        ('a = f"{x[1:2]} {(lambda: 1)()} {y == 2} # no"  # b', ["# b"]),
        ('a = f"""{\n  x  # inside\n}  # no\n"""  # b', ["# inside", "# b"]),
        ('a = f"{x}" "# no" f"{y:{z}} # no"  # b', ["# b"]),
        ('a = t"{x} # no"  # b', ["# b"]),
        ("type A = int  # b", ["# b"]),
        ("a = 1 \\\n  + 2  # b", ["# b"]),
    ],
)
def test_comments(source: str, comments: list[str]) -> None:
    assert texts(source) == comments


def test_lines_are_counted_whatever_ends_them() -> None:
    source = '# a\r\nx = """\r\n\r\n"""  # b\r# c\n'
    assert [(comment.line, comment.text) for comment in comments_of(source)] == [(1, "# a"), (4, "# b"), (5, "# c")]


@pytest.mark.parametrize("path", sorted((HERE / "src" / "flask_garrison" / "audit" / "inline").glob("*.py")), ids=str)
def test_our_own_files(path: Path) -> None:
    source = path.read_text()
    assert comments_of(source) == by_tokenize(source)


PIECES = st.sampled_from(
    ["#", "nosec", '"', "'", '"""', "'''", "\\", "\n", "{", "}", ":", "f", "rb", "x", " ", "(", ")", "!r", "{{", "="]
)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_python_reads_the_comments_are_the_same(source: str) -> None:
    try:
        ast.parse(source)
        expected = by_tokenize(source)
    except (SyntaxError, ValueError, tokenize.TokenError):
        assume(False)
    assert comments_of(source) == expected


@given(st.text(max_size=60))
def test_whatever_stands_there_it_comes_to_an_end(source: str) -> None:
    assert all(text.startswith("#") for text in texts(source))
