"""A secret key that everybody can read who can read the project: it stands in a file of the source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ....guard.secret_strength import weakness_of
from ...facts.project_files import project_files
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

SOURCES = frozenset({".py", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".json"})
SHORTEST = 8

KEY_IN_SOURCE = Rule(
    id="access.secret-key-in-source",
    kind="runtime",
    control="access.secret-key",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(321, 540, 798),
    asvs=("V13.3.1",),
    title="The secret key stands in the source",
    why="Whoever sees the source signs any session, and so is any user: everybody with access to the repository, to a "
    "copy of it, to an image or to a backup, and everybody once it leaks. The key cannot be changed without a release, "
    "and the old one stays in the history.",
    fix="Make a new key, since this one is in the history, and read it from the environment or a secrets store.",
    before='app.config["SECRET_KEY"] = "8f42a73054b1749f8f58848be5e6502c"',
    after='app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]',
    guard="Nothing: a key that is in the source and strong works like any other.",
    language="python",
    lesson="access-weak-secret",
    items=(1,),
)


def _has_good_key(inspected: Inspected) -> bool:
    key = inspected.config.get("SECRET_KEY")
    # What is weak is found by another rule, wherever it stands.
    return isinstance(key, str | bytes) and len(key) >= SHORTEST and weakness_of(key) is None


@checks(KEY_IN_SOURCE, reads="app", needs=_has_good_key)
def key_in_source(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find the key that is in force in a file of the project; the instance folder is where Flask keeps secrets."""
    needles = _spellings(inspected.config["SECRET_KEY"])
    instance = Path(inspected.app.instance_path)
    files, complete = project_files(inspected, SOURCES)
    for file, content in files:
        line = _line_of(content, needles)
        if line and not file.is_relative_to(instance):
            place = f"{shown(file)}:{line}"
            yield Match(
                f"the key in force stands in {file.name}",
                subject=file.name,
                path=shown(file),
                line=line,
                evidence=(Evidence("path", f"{place}: the value of SECRET_KEY", {"file": shown(file), "line": line}),),
            )
    if not complete:
        yield Unchecked("secret keys in the source", "the project has too many files", "Run the audit in its folder.")


def _spellings(key: str | bytes) -> tuple[bytes, ...]:
    """Return the key as source may write it: as it is, and with escapes."""
    raw = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
    escaped = repr(key).removeprefix("b")[1:-1].encode("utf-8", "surrogatepass")
    return tuple(dict.fromkeys((raw, escaped)))


def _line_of(content: bytes, needles: tuple[bytes, ...]) -> int | None:
    found = [content.find(needle) for needle in needles]
    at = min((position for position in found if position >= 0), default=None)
    return None if at is None else content.count(b"\n", 0, at) + 1
