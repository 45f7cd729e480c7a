"""Every labelled case is what it should be. What is wrong with an unseen one is said without naming it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accuracy.cases import PARTS, SEEN, UNSEEN, Case, cases, marks_in, without_marks
from tests.accuracy.classes import RULES

LEAST_LINES = 20


def faults(case: Case) -> Iterator[str]:
    texts = {path.relative_to(case.folder).as_posix(): path.read_text("utf-8") for path in case.files()}
    if case.kind not in RULES:
        yield "has no such class"
    if not case.name.startswith(("weak-", "safe-")):
        yield "says neither weak nor safe"
    label = case.name.partition("-")[0]
    if {word for word, _ in case.marks()} != {label}:
        yield "is not marked as its folder says"
    lines = [line for path, text in texts.items() if path.endswith((".py", ".html")) for line in text.splitlines()]
    if sum(bool(line.strip()) for line in lines) < LEAST_LINES:
        yield f"has fewer than {LEAST_LINES} lines"
    if not _begins_with_docstring(texts.get("app.py", "")):
        yield "has no app.py that begins with a docstring"
    yield from (
        f"{path} does not compile" for path, text in texts.items() if path.endswith(".py") and not _compiles(text)
    )


def _compiles(text: str) -> bool:
    try:
        compile(text, "case", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _begins_with_docstring(text: str) -> bool:
    return _compiles(text) and bool(ast.get_docstring(ast.parse(text))) and text.startswith('"""')


def told(case: Case, fault: str) -> str:
    """Return what may be said of a fault."""
    if case.part == SEEN:
        return f"{case.kind}/{case.name} {fault}"
    return f"an unseen case of {case.kind} {'does not compile' if 'compile' in fault else fault}"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_every_case_is_well_formed(part: str) -> None:
    assert [told(case, fault) for case in cases([part]) for fault in faults(case)] == []


def test_there_are_enough_of_each_label() -> None:
    every = cases()
    weak = sum(case.weak for case in every)
    assert len(every) >= 400
    assert 0.45 <= weak / len(every) <= 0.55


def test_a_third_is_unseen() -> None:
    parts = Counter(case.part for case in cases())
    assert 0.32 <= parts[UNSEEN] / len(cases()) <= 0.35


@pytest.mark.parametrize("part", PARTS)
def test_every_class_has_cases_of_both_labels(part: str) -> None:
    labels = {(case.kind, case.weak) for case in cases([part])}
    assert labels == {(kind, weak) for kind in RULES for weak in (True, False)}


def test_rules_are_named_by_chapter_and_once_in_a_class() -> None:
    for rules in RULES.values():
        assert len(set(rules)) == len(rules) > 0
        assert all(rule.count(".") == 1 for rule in rules)


def make(root: Path, name: str, **files: str) -> Case:
    folder = root / SEEN / "ssrf" / name
    folder.mkdir(parents=True)
    for stem, text in files.items():
        (folder / f"{stem}.py").write_text(text, "utf-8")
    (case,) = [case for case in cases([SEEN], root=root) if case.name == name]
    return case


GOOD = '"""Shows a picture."""\n' + "x = 1\n" * 19 + "fetch(x)  # <- weak\n"


def test_a_good_case_has_no_fault(tmp_path: Path) -> None:
    assert list(faults(make(tmp_path, "weak-picture", app=GOOD))) == []


@pytest.mark.parametrize(
    ("name", "app", "fault"),
    [
        ("safe-picture", GOOD, "is not marked as its folder says"),
        ("weak-picture", GOOD.replace("weak", "safe"), "is not marked as its folder says"),
        ("weak-picture", GOOD + "fetch(y)  # <- safe\n", "is not marked as its folder says"),
        ("weak-picture", GOOD.replace("  # <- weak", ""), "is not marked as its folder says"),
        ("weak-picture", GOOD.replace("x = 1\n", "\n", 2), "has fewer than 20 lines"),
        ("weak-picture", GOOD.partition("\n")[2] + "y = 2\n", "has no app.py that begins with a docstring"),
        ("picture", GOOD, "says neither weak nor safe"),
    ],
)
def test_a_fault_is_seen(tmp_path: Path, name: str, app: str, fault: str) -> None:
    assert fault in list(faults(make(tmp_path, name, app=app)))


def test_every_file_must_compile(tmp_path: Path) -> None:
    case = make(tmp_path, "weak-picture", app=GOOD, helpers="def fetch(:\n")
    assert list(faults(case)) == ["helpers.py does not compile"]
    assert told(case, "helpers.py does not compile") == "ssrf/weak-picture helpers.py does not compile"


def test_an_unseen_case_is_not_named(tmp_path: Path) -> None:
    case = Case(UNSEEN, "ssrf", "weak-picture", tmp_path)
    assert told(case, "helpers.py does not compile") == "an unseen case of ssrf does not compile"


def test_marks_are_comments_of_python_and_jinja() -> None:
    text = "a\nfetch(x)  # <- weak\n<p>{{ x|safe }}</p>{# <- safe #}\n'<- weak'\n"
    assert marks_in(text) == [("weak", 2), ("safe", 3)]
    assert without_marks(text) == "a\nfetch(x)\n<p>{{ x|safe }}</p>\n'<- weak'\n"


def test_a_copy_tells_nothing(tmp_path: Path) -> None:
    case = make(tmp_path / "cases", "weak-picture", app=GOOD)
    case.copy_to(tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["app.py"]
    assert (tmp_path / "copy" / "app.py").read_text("utf-8") == GOOD.replace("  # <- weak", "")
