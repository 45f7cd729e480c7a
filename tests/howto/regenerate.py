"""Writes the outputs on ``docs/howto/from-first-check-to-clean.md`` anew: ``python -m tests.howto.regenerate``."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from .pages import FOLDER
from .replay import Replay

PAGE = FOLDER / "from-first-check-to-clean.md"
BLOG = FOLDER.parents[1] / "examples" / "blog"


def replayed(folder: Path) -> tuple[str, Replay]:
    """Return the page as it has to read, and the replay that took a copy of the blog through it in ``folder``."""
    shutil.copytree(BLOG, folder / "blog", ignore=shutil.ignore_patterns("__pycache__"))
    replay = Replay(folder)
    return replay.page(PAGE.read_text("utf-8")), replay


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        PAGE.write_text(replayed(Path(made))[0], "utf-8")
