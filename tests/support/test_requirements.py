"""A missing part skips with words that help, or fails where nothing may be missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import requirements
from tests.support.requirements import Part

ROOT = Path(__file__).resolve().parents[2]
ABSENT = Part("no-such-part", "apt-get install no-such-part", lambda: None)

SUITE = {
    "conftest.py": "from tests.conftest import *\n",
    "test_all.py": """
import pytest
from tests.support.requirements import Part, require, require_module

ABSENT = Part("no-such-part", "apt-get install no-such-part", lambda: None)

def test_missing(): require(ABSENT)
def test_missing_too(): require(ABSENT)
def test_import(): pytest.importorskip("no_such_module")
def test_module(): require_module("no_such_module", "no-such-distribution")
def test_other(): pytest.skip("only on Tuesdays")
@pytest.mark.xfail(strict=True)
def test_expected(): assert False
""",
    "test_module.py": "import pytest\npytest.importorskip('no_such_module')\n",
}


def run_suite(folder: Path, require_all: str) -> str:
    for name, text in SUITE.items():
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "pytest", "-c", "pytest.ini", "--rootdir", ".", "-p", "no:cacheprovider", "-n2"]
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    env = {"PATH": "/usr/bin:/bin", "GARRISON_REQUIRE_ALL": require_all}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False).stdout


def test_a_bare_machine_skips_and_lists_what_to_install(tmp_path: Path) -> None:
    output = run_suite(tmp_path, require_all="0")
    assert "6 skipped, 1 xfailed" in output
    assert "   2 x no-such-part not found: apt-get install no-such-part" in output
    assert "   1 x no_such_module not found: pip install no-such-distribution" in output
    assert "   1 x only on Tuesdays" in output


def test_where_nothing_may_be_missing_the_same_skips_fail(tmp_path: Path) -> None:
    output = run_suite(tmp_path, require_all="1")
    assert "no-such-part not found: apt-get install no-such-part" in output
    assert "GARRISON_REQUIRE_ALL=1, but could not import 'no_such_module'" in output
    assert "4 failed, 1 skipped, 1 xfailed" in output and "1 error in" in output


def test_require_returns_where_the_part_is() -> None:
    assert requirements.require(Part("python", "", lambda: sys.executable)) == sys.executable
    assert requirements.require_module("sys") is sys


@pytest.mark.parametrize(("names", "found"), [(("no-such-program", "sh"), True), (("no-such-program",), False)])
def test_on_path_takes_the_first_that_is_there(names: tuple[str, ...], found: bool) -> None:
    assert bool(requirements.on_path(*names)()) is found
