"""The benchmark of the code audit, without its downloads: what is read, changed, measured, compared and said."""

from __future__ import annotations

import ast
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from audit_parts.apps import APPS, App, Source, unpack, wanted
from audit_parts.edits import edited, with_comment, with_statement
from audit_parts.environments import LOCK
from audit_parts.figures import verdicts_of
from audit_parts.measure import Usage, run
from audit_parts.parse import main as parse
from audit_parts.report import app_table, failures_of, page, verdict_table
from audit_parts.rounds import Cell, Cells, changed, measure
from audit_parts.tools import CACHED, COLD, COMMENT, FUNCTION, ONCE, RULES, TOOLS, WARM, Outcome, Place, Tool
from real_apps.environments import sections

SHOP = App("shop", "Shop", "shop-1.0", "shop/views.py")
VIEWS = 'def buy(item):\n    """Sell it."""\n    return item\n'


@pytest.fixture
def source(tmp_path: Path) -> Source:
    members = {
        "shop/__init__.py": "",
        "shop/views.py": VIEWS,
        "shop/templates/page.html": "<p>",
        "shop/static/app.js": "",
        "tests/helper.py": "",
        "shop/test_views.py": "",
        "shop-1.0.dist-info/entry_points.txt": "",
    }
    with zipfile.ZipFile(tmp_path / "shop-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in members.items():
            wheel.writestr(name, text)
    return unpack(SHOP, tmp_path, tmp_path / "apps")


def test_only_what_every_scanner_reads_is_unpacked(source: Source) -> None:
    found = sorted(str(path.relative_to(source.folder)) for path in source.folder.rglob("*") if path.is_file())
    assert found == [".semgrepignore", "shop/__init__.py", "shop/templates/page.html", "shop/views.py"]
    assert (len(source.files), source.lines, source.templates) == (2, 3, 1)
    assert wanted(["shop/contest.py", "shop/latest/page.j2"]) == ["shop/contest.py", "shop/latest/page.j2"]


def test_a_missing_wheel_or_file_is_an_error(source: Source, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        unpack(App("none", "None", "none-1.0", "none.py"), tmp_path, tmp_path)
    with pytest.raises(FileNotFoundError, match=r"moved\.py"):
        unpack(App("shop", "Shop", "shop-1.0", "shop/moved.py"), tmp_path, tmp_path)


def test_a_comment_changes_no_code() -> None:
    assert ast.dump(ast.parse(with_comment(VIEWS))) == ast.dump(ast.parse(VIEWS))
    assert with_comment("pass") == "pass\n# A comment, for a benchmark.\n"


def test_a_statement_goes_into_the_longest_function() -> None:
    text = "def one(): return 1\n\nclass A:\n    @property\n    def two(self):\n        # Two.\n        return 2\n"
    expected = text.replace("        return 2", '        a_benchmark_was_here = "one more statement"\n        return 2')
    assert with_statement(text) == expected
    with pytest.raises(ValueError, match="empty"):
        with_statement("def one(): return 1\n")


def test_a_change_is_taken_back_even_after_an_error(source: Source) -> None:
    def fail() -> None:
        with edited(source.changed, "x"):
            assert source.changed.read_text() == "x"
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert source.changed.read_text() == VIEWS
    for state, changes in ((COLD, False), (WARM, False), (COMMENT, True), (FUNCTION, True)):
        with changed(source, state):
            assert (source.changed.read_text() != VIEWS) is changes
    assert source.changed.read_text() == VIEWS


def test_the_limit_names_what_it_cannot_parse(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("x = 1\n")
    (tmp_path / "bad.py").write_text("x =\n")
    (tmp_path / "files").write_text(f"{tmp_path / 'good.py'}\n{tmp_path / 'bad.py'}\n")
    parse(str(tmp_path / "files"), str(tmp_path / "output.json"))
    report = json.loads((tmp_path / "output.json").read_text())
    assert report["files"] == 2
    assert [line.partition(": ")[0] for line in report["failed"]] == [str(tmp_path / "bad.py")]


BUSY = "b = bytearray(80_000_000)\nfor _ in range(5_000_000): pass\n"


def process(code: str, tmp_path: Path, **options: Any) -> Usage:
    settings = {"seconds": 60.0, "memory": False, **options}
    return run([sys.executable, "-c", code], tmp_path, dict(os.environ), tmp_path / "printed", **settings)


def test_children_count(tmp_path: Path) -> None:
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])\nsys.exit(3)"
    alone, parent = process(BUSY, tmp_path, memory=True), process(child, tmp_path, memory=True)
    assert (alone.status, parent.status) == (0, 3)
    assert parent.cpu > alone.cpu / 2
    for usage in (alone, parent):
        assert usage.peak is not None
        assert usage.peak >= 80_000_000
    assert process("print('read it')", tmp_path).peak is None
    assert (tmp_path / "printed").read_text() == "read it\n"


def test_a_run_that_does_not_end_is_ended(tmp_path: Path) -> None:
    assert process("import threading; threading.Event().wait()", tmp_path, seconds=0.3).status == -9


def tool(name: str, code: str, states: tuple[str, ...] = ONCE) -> Tool:
    def read(report: Any, _: Place) -> Outcome:
        return Outcome(report["found"], 2)

    def argv(place: Place) -> list[str]:
        return [sys.executable, "-c", code, str(place.output), str(place.cache)]

    return Tool(name, name, "", states, argv, read, frozenset({0}))


WRITES = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('{\"found\": 7}')"


def measured(source: Source, tmp_path: Path, *tools: Tool) -> tuple[Cells, list[str]]:
    said: list[str] = []
    cells = measure(source, tools, {one.name: Path() for one in tools}, tmp_path / "scratch", 2, said.append)
    return cells, said


def test_every_state_is_run_in_every_round_and_memory_apart(source: Source, tmp_path: Path) -> None:
    cells, said = measured(source, tmp_path, tool("bandit", WRITES), tool("garrison", WRITES, CACHED))
    assert list(cells) == [("bandit", COLD), *(("garrison", state) for state in CACHED)]
    assert [len(cell.usages) for cell in cells.values()] == [2] * 5
    assert all(cell.peak and cell.outcome == Outcome(7, 2) for cell in cells.values())
    assert said.count("shop: garrison kept nothing in its cache: it is never warm") == 3


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import sys; print('no rules'); sys.exit(2)", "ended with 2: no rules"),
        ("pass", "no report: FileNotFoundError"),
        (WRITES.replace("7", "7,"), "no report: JSONDecodeError"),
        (WRITES.replace("found", "lost"), "no report: KeyError: 'found'; nothing printed"),
    ],
)
def test_a_tool_that_fails_is_named_and_not_run_again(source: Source, tmp_path: Path, code: str, error: str) -> None:
    cells, said = measured(source, tmp_path, tool("bandit", code))
    cell = cells["bandit", COLD]
    assert cell.usages == []
    assert len(said) == 1
    (failure,) = failures_of({"shop": (source, cells)})
    assert failure.startswith(f"Shop: bandit, cold: {error}")
    row = app_table(source, cells).splitlines()[-1]
    assert [text.strip() for text in row.split("|")][1:4] == ["bandit", "**failed**", "-"]


def cell(*cpu: float, wall: float = 1.0, peak: int | None = None, files: int = 2) -> Cell:
    return Cell([Usage(one, wall, None, 0) for one in cpu], peak, Outcome(5, files))


def cells(garrison: Cell, bandit: Cell | None = None, warm: Cell | None = None) -> Cells:
    found = {("parse", COLD): cell(0.5, 0.5, 0.5), ("bandit", COLD): bandit or cell(4.0, 8.0, 4.0)}
    return {**found, ("garrison", COLD): garrison, ("garrison", WARM): warm or cell(0.1, 0.1, 0.1)}


def large(source: Source, lines: int = 200_000) -> Source:
    return Source(source.app, source.folder, source.files, lines, source.templates)


def test_ratios_are_taken_within_a_round(source: Source) -> None:
    rows = app_table(large(source), cells(cell(2.0, 4.0, 1.0, peak=90_000_000, files=1))).splitlines()
    found = [[text.strip() for text in row.split("|")[1:-1]] for row in rows[2:]]
    limit = ["`ast.parse` alone", "0.50", "1.00", "400,000", "8.00", "100%", "-", "-", "5", "2", "0"]
    cold = ["**garrison audit**, cold", "2.00", "1.00", "100,000", "2.00", "25%", "1.0", "90", "5", "**1 of 2**", "0"]
    assert found[0] == limit
    assert found[2] == cold
    assert found[3][:7] == ["**garrison audit**, warm", "0.10", "1.00", "2,000,000", "40.00", "500%", "20.0"]


def verdicts(source: Source, found: Cells) -> list[tuple[str, str, str]]:
    rows = verdict_table(verdicts_of({"shop": (source, found)})).splitlines()[2:]
    parts = ([text.strip() for text in row.split("|")] for row in rows)
    return [(part[1], part[2], part[4]) for part in parts]


def test_promises_that_hold(source: Source) -> None:
    assert verdicts(large(source), cells(cell(2.0, 4.0, 2.0, peak=249_000_000))) == [
        ("cold, to bandit, the typical application", "2.00 x", "holds"),
        ("Shop: cold, to bandit", "2.00 x", "holds"),
        ("Shop: warm, to cold", "20.00 x", "holds"),
        ("Shop: clock to CPU, cold, on two cores or more", "0.50 x", "holds"),
        ("Shop: memory, cold", "249.00 MB", "holds"),
    ]


def test_promises_that_are_broken_or_not_measured(source: Source) -> None:
    slow = cells(cell(5.0, 9.0, 5.0, wall=5.0, peak=251_000_000), warm=cell(0.5, 0.5, 0.5))
    assert verdicts(large(source), slow) == [
        ("cold, to bandit, the typical application", "0.80 x", "**broken**"),
        ("Shop: cold, to bandit", "0.80 x", "**broken**"),
        ("Shop: warm, to cold", "10.00 x", "**broken**"),
        ("Shop: clock to CPU, cold, on two cores or more", "1.00 x", "**broken**"),
        ("Shop: memory, cold", "251.00 MB", "**broken**"),
    ]
    unmeasured = {verdict for _, _, verdict in verdicts(large(source), cells(Cell()))}
    assert unmeasured == {"**not measured**"}
    # Of a small application neither memory nor the second core is asked for.
    assert len(verdicts(source, slow)) == 3


def test_the_page_holds_the_figures_and_what_failed(source: Source) -> None:
    failed = Cell(outcome=Outcome(error="ended with 2: no rules"))
    text = page({"shop": (source, cells(cell(2.0), bandit=failed))}, 1)
    assert text.startswith("# How fast the code is read\n")
    assert "| Shop        | 1.0     | 2            | 3     | 1                  |" in text
    assert "\n## What failed\n\n- Shop: bandit, cold: ended with 2: no rules\n" in text
    assert "## What failed" not in page({"shop": (source, cells(cell(2.0)))}, 1)


def read(name: str, report: Any, place: Place) -> Outcome:
    reader: Callable[[Any, Place], Outcome] = next(one.read for one in TOOLS if one.name == name)
    return reader(report, place)


def test_the_reports_of_the_tools_are_read(source: Source, tmp_path: Path) -> None:
    place = Place(source, tmp_path, tmp_path)
    bandit = {"metrics": {"_totals": {}, "a.py": {}, "b.py": {}}, "results": [{}], "errors": [{}, {}]}
    assert read("bandit", bandit, place) == Outcome(1, 2, 2)
    semgrep = {"paths": {"scanned": ["a.py", "a.html"]}, "results": [{}, {}], "errors": []}
    assert read("semgrep", semgrep, place) == Outcome(2, 1, 0)
    garrison: dict[str, Any] = {"findings": [{}], "not_checked": [{}], "summary": {"looked_at": {"files": 2}}}
    assert read("garrison", garrison, place) == Outcome(1, 2, 1)
    garrison["summary"]["looked_at"] = {"templates": 1}
    assert read("garrison", garrison, place).error == "it read no Python file"


def test_ruff_is_asked_what_it_reads(source: Source, tmp_path: Path) -> None:
    ruff = tmp_path / "ruff"
    ruff.write_text("#!/bin/sh\necho a.py\necho pyproject.toml\n")
    ruff.chmod(0o700)
    report = [{"code": "S105"}, {"code": None}, {"code": "invalid-syntax"}]
    assert read("ruff", report, Place(source, tmp_path, tmp_path)) == Outcome(1, 1, 2)


def test_each_tool_gets_the_folder_and_keeps_to_its_own(source: Source, tmp_path: Path) -> None:
    for one in TOOLS:
        place = Place(source, tmp_path, tmp_path / "bin")
        argv, env = one.argv(place), one.env(place)
        assert str(source.folder) in argv or one.name == "parse"
        assert str(place.output) in argv
        assert env["HOME"] == str(tmp_path)
    assert env["GARRISON_CACHE_DIR"] == str(tmp_path / "cache")
    assert (tmp_path / "files.txt").read_text() == "".join(f"{path}\n" for path in source.files)


def test_the_lock_holds_what_is_run_and_read() -> None:
    parts = sections(LOCK.read_text())
    assert set(parts) == {"apps", *(one.environment for one in TOOLS if one.environment)}
    pins = {line.split(" ")[0].replace("==", "-").replace("-", "_") for line in parts["apps"].splitlines()}
    assert {app.wheel.replace("-", "_") for app in APPS} <= pins


def test_the_rules_for_semgrep_are_told_apart() -> None:
    rules = yaml.safe_load(RULES.read_text())["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 26
    assert sum(rule.get("mode") == "taint" for rule in rules) == 14
