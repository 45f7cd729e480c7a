"""Writes the pages that are made from rules: ``python -m flask_garrison.audit.pages docs``."""

from __future__ import annotations

import sys
from pathlib import Path

from . import coverage
from .catalogue import all_checks
from .page import page


def write(docs: Path) -> None:
    """Write a page for each rule, the page of items, and remove pages of rules that are gone."""
    folder = docs / "rules"
    written = {folder / f"{name}.md": page(check.rule) for name, check in all_checks().items()}
    for path in set(folder.glob("*.md")) - set(written) - {folder / "index.md"}:
        path.unlink()
    for path, text in {**written, docs / "runtime-coverage.md": coverage.page()}.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
