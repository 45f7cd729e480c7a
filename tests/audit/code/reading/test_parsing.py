"""Files are parsed, or what could not be read is said in words with a way out."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from flask_garrison.audit.code.reading import parsing
from flask_garrison.audit.code.reading.depth import CUT
from flask_garrison.audit.code.reading.parsing import Parsed, Unread, parse

REPAIR = "Repair it, or accept this entry in garrison.toml."
PORT = "Port it to Python 3, or accept this entry in garrison.toml."
GIANT = "Audit it by its own path, or accept this entry in garrison.toml."


def written(root: Path, content: bytes | str) -> Path:
    path = root / "a.py"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def parsed(root: Path, content: bytes | str) -> Parsed:
    outcome = parse(written(root, content))
    assert isinstance(outcome, Parsed), outcome
    return outcome


def unread(root: Path, content: bytes | str) -> tuple[str, str]:
    outcome = parse(written(root, content))
    assert isinstance(outcome, Unread)
    return outcome.reason, outcome.how_to_include


def test_file_is_parsed(tmp_path: Path) -> None:
    outcome = parsed(tmp_path, "x = 1\n")
    assert outcome.path == tmp_path / "a.py"
    assert ast.dump(outcome.tree) == ast.dump(ast.parse("x = 1\n"))
    assert outcome.sha256 == hashlib.sha256(b"x = 1\n").hexdigest()
    assert (outcome.newer, outcome.cut, outcome.not_checked()) == ("", (), [])


@pytest.mark.parametrize(
    "content",
    [
        b"x = '\xc3\xa9'\n",
        b"\xef\xbb\xbfx = '\xc3\xa9'\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"#!x\n# -*- coding: cp1252 -*-\rx='\xe9'",
        b"\x0cx = '\xc3\xa9'\r\n\x0c\r\n",
        b"\n\rx = '\xc3\xa9'",
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, content: bytes) -> None:
    statement = parsed(tmp_path, content).tree.body[0]
    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == "é"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = '\xe9'\n", "a syntax error: "),
        (b"# coding: klingon\n", "a syntax error: unknown encoding: klingon"),
        ("x = 1\ny = (\n", "a syntax error: line 2: '(' was never closed"),
        ("x = 1\n  y = 2\n", "a syntax error: line 2: unexpected indent"),
        ("f'{a b}'\n", "a syntax error: line 1: "),
        ("type A = int\n\nx = = 1\n", "a syntax error: line 3: invalid syntax"),
    ],
)
def test_errors_are_told_with_their_line(tmp_path: Path, content: bytes | str, words: str) -> None:
    reason, how_to_include = unread(tmp_path, content)
    assert reason.startswith(words)
    assert how_to_include == REPAIR


def test_nul_bytes(tmp_path: Path) -> None:
    assert "null bytes" in unread(tmp_path, "x = 1\0\n")[0]
    assert unread(tmp_path, "x = 1".encode("utf-16"))[1] == REPAIR


@pytest.mark.parametrize(
    "line",
    [
        "print 'a'",
        "print a, b",
        "exec 'a' in b",
        "raise E, 'a'",
        "x = a <> b",
        "x = `a`",
        "x = 0777",
        "x = 12L",
        "x = ur'a'",
        "try: pass\nexcept A, e: print e",
        "try:\n  pass\nexcept A, e:\n  f(e)",
    ],
)
def test_python_2_is_named(tmp_path: Path, line: str) -> None:
    reason, how_to_include = unread(tmp_path, f"import a\n{line}\n")
    assert reason.startswith("Python 2 code (line ")
    assert how_to_include == PORT


@pytest.mark.parametrize(
    "source",
    [
        "from socket import timeout\ntry: pass\nexcept OSError, timeout: pass\n",
        "try: pass\nexcept A, Error: pass\n",
        "from a import *\ntry: pass\nexcept A, timeout: pass\n",
        "try: pass\nexcept A, b.c: pass\n",
        "e = A\ntry: pass\nexcept B, e: pass",
    ],
)
def test_except_without_parentheses_is_not_taken_for_python_2(tmp_path: Path, source: str) -> None:
    tree = parsed(tmp_path, source).tree
    assert any(isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple) for node in ast.walk(tree))


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="nothing newer than this Python")
def test_newer_syntax_is_named(tmp_path: Path) -> None:
    assert parsed(tmp_path, 'x = t"{a}"\n').newer == "t-strings (Python 3.14)"


@pytest.mark.parametrize(
    "source", ["x = '\\d'\n", "x = 1 is 2\n", "assert (x, 'y')\n", 'f\'{a["b"]}\\d\'\nf"{a["b"]}\\d"\n']
)
def test_warnings_of_python_are_kept_from_the_user(tmp_path: Path, source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parsed(tmp_path, source)
    program = "import sys; from pathlib import Path; from flask_garrison.audit.code.reading.parsing import parse; "
    program += f"parse(Path({str(tmp_path / 'a.py')!r}))"
    done = subprocess.run([sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_giants(tmp_path: Path) -> None:
    large = "x = 1\n" + "#" * parsing.MOST_BYTES
    assert unread(tmp_path, large) == ("larger than 1 MB", GIANT)
    assert isinstance(parse(written(tmp_path, large), giant=True), Parsed)
    assert isinstance(parse(written(tmp_path, large[: parsing.MOST_BYTES])), Parsed)


def test_files_of_many_lines(tmp_path: Path) -> None:
    many = "\n" * (parsing.MOST_LINES + 1)
    assert unread(tmp_path, many) == ("40,001 lines, more than 40,000", GIANT)
    assert isinstance(parse(written(tmp_path, many[1:])), Parsed)
    assert isinstance(parse(written(tmp_path, many), giant=True), Parsed)


def test_long_sums_are_kept_whole(tmp_path: Path) -> None:
    for length in (200, 2000):
        source = "x = " + " + ".join(f"'{number},'" for number in range(length)) + "\n"
        outcome = parsed(tmp_path, source)
        assert outcome.cut == ()
        statement = outcome.tree.body[0]
        assert isinstance(statement, ast.Assign)
        text = eval(compile(ast.Expression(statement.value), "", "eval"))  # noqa: S307
        assert text == "".join(f"{number}," for number in range(length))


def test_what_is_too_deep_is_cut_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = parsed(tmp_path, "a = 1\nb = c" + ".d()" * 300 + "\ne = 2\n")
    assert [type(statement) for statement in outcome.tree.body] == [ast.Assign] * 3
    assert outcome.cut == (2,)
    assert any(isinstance(node, ast.Name) and node.id == CUT for node in ast.walk(outcome.tree))
    assert [(entry.what, entry.reason) for entry in outcome.not_checked()] == [("a.py, line 2", "nested too deeply")]


@pytest.mark.parametrize(
    "deep", ["(" * 300 + "1" + ")" * 300, "-" * 20_000 + "1", "a" + ".b()" * 20_000, "[\n" * 300 + "]" * 300]
)
def test_what_even_the_parser_refuses_is_left_out_alone(tmp_path: Path, deep: str) -> None:
    outcome = parsed(tmp_path, f"a = 1\nif a:\n    b = {deep}\ne = 2\n")
    assert [type(statement) for statement in outcome.tree.body] == [ast.Assign, ast.If, ast.Assign]
    assert outcome.cut == (3,)


def test_deep_head_of_a_block_leaves_the_file_unread(tmp_path: Path) -> None:
    assert unread(tmp_path, "if " + "(" * 300 + "1" + ")" * 300 + ":\n    pass\n") == ("nested too deeply", REPAIR)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    outcome = parse(tmp_path / "gone.py")
    assert isinstance(outcome, Unread)
    assert outcome.reason == "no such file or directory"
    os.mkfifo(tmp_path / "pipe.py")
    pipe = parse(tmp_path / "pipe.py")
    assert isinstance(pipe, Unread)
    assert [(entry.reason, entry.how_to_include) for entry in pipe.not_checked()] == [
        ("not a regular file", "Remove it, or accept this entry in garrison.toml.")
    ]


def test_error_inside_the_reader_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(parsing, "shorten", fail)
    assert unread(tmp_path, "x = 1\n") == ("an error inside the reader: KeyError: 'x'", REPAIR)
