"""Pages are written for every rule, and none stays of a rule that is gone."""

from __future__ import annotations

from pathlib import Path

from flask_garrison.audit.catalogue import all_checks
from flask_garrison.audit.pages import write


def test_pages_are_those_of_the_rules(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "index.md").write_text("# Rules\n")
    (folder / "headers.gone.md").write_text("# gone\n")
    write(tmp_path)
    assert {path.stem for path in folder.glob("*.md")} == {*all_checks(), "index"}
    assert (tmp_path / "runtime-coverage.md").read_text().startswith("# What the runtime audit looks at\n")
