"""The applications that are read: published wheels, pinned, unpacked and never installed or run."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TEMPLATES = frozenset({".html", ".htm", ".xhtml", ".xml", ".svg", ".txt", ".jinja", ".jinja2", ".j2"})
_TEST_FOLDERS = frozenset({"test", "tests"})
_SEMGREP = ".semgrepignore"


@dataclass(frozen=True)
class App:
    """An application.

    Attributes:
        wheel: Distribution and version, as in the name of its wheel.
        changed: The file that is changed between two runs; it has views.
    """

    name: str
    title: str
    wheel: str
    changed: str

    @property
    def version(self) -> str:
        """The pinned version."""
        return self.wheel.partition("-")[2]


APPS = (
    App("calibreweb", "Calibre-Web", "calibreweb-0.6.27", "calibreweb/cps/web.py"),
    App("privacyidea", "privacyIDEA", "privacyidea-3.14", "privacyidea/api/token.py"),
    App("indico", "Indico", "indico-3.2.9", "indico/modules/users/controllers.py"),
    App("superset", "Apache Superset", "apache_superset-6.1.0", "superset/views/core.py"),
)


@dataclass(frozen=True)
class Source:
    """An application on disk.

    Attributes:
        files: Its Python files.
        lines: Of those files: line ends, as ``wc -l`` counts them.
        templates: How many other text files Jinja may read.
    """

    app: App
    folder: Path
    files: tuple[Path, ...]
    lines: int
    templates: int

    @property
    def changed(self) -> Path:
        """The file that is changed between two runs."""
        return self.folder / self.app.changed


def names() -> list[str]:
    """Return the names of all applications."""
    return [app.name for app in APPS]


def app_of(name: str) -> App:
    """Return the application of that name."""
    return next(app for app in APPS if app.name == name)


def unpack(app: App, wheels: Path, into: Path) -> Source:
    """Unpack the Python files and templates of an application into ``into / app.name``, its tests left out.

    Raises:
        FileNotFoundError: The wheel is not there, or not what the pinned version holds.
    """
    folder = into / app.name
    shutil.rmtree(folder, ignore_errors=True)
    (wheel,) = [*wheels.glob(f"{app.wheel}-*.whl")] or [wheels / f"{app.wheel}.whl"]
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(folder, wanted(opened.namelist()))
    # Without one, semgrep leaves out folders by their names.
    (folder / _SEMGREP).touch()
    source = look(app, folder)
    if not source.changed.is_file():
        raise FileNotFoundError(source.changed)
    return source


def wanted(members: Iterable[str]) -> list[str]:
    """Return the members of a wheel that are read: scanners differ on tests, and none of these reads anything else."""
    return [name for name in members if _reads(PurePosixPath(name)) and not _is_test(PurePosixPath(name))]


def _reads(path: PurePosixPath) -> bool:
    in_package = not path.parts[0].endswith((".dist-info", ".data"))
    return in_package and (path.suffix == ".py" or path.suffix.lower() in TEMPLATES)


def _is_test(path: PurePosixPath) -> bool:
    named = path.name == "conftest.py" or path.stem.startswith("test_") or path.stem.endswith("_test")
    return not _TEST_FOLDERS.isdisjoint(path.parts) or (path.suffix == ".py" and named)


def look(app: App, folder: Path) -> Source:
    """Count what was unpacked."""
    every = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SEMGREP)
    python = tuple(path for path in every if path.suffix == ".py")
    lines = sum(path.read_bytes().count(b"\n") for path in python)
    return Source(app, folder, python, lines, len(every) - len(python))
