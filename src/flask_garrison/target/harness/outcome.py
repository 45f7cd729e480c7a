"""What goes into a run of the harness and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ...errors import TargetError, nearest


class Allowance(StrEnum):
    """What the application may do beyond itself, each only when somebody said so (``--allow NAME``)."""

    NETWORK = "network"
    """Every address, this machine's own included, and DNS lookups."""
    LOOPBACK = "loopback"
    """Addresses of this machine, and Unix sockets."""
    DATABASE = "database"
    """What ``loopback`` allows, and other machines on the usual ports of databases."""
    MAIL = "mail"
    """Mail through :mod:`smtplib`."""
    COMMANDS = "commands"
    """Commands, and further processes of any kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a run may take.

    Attributes:
        seconds: Wall time for loading and job together.
        memory_mb: Memory of the child, in MiB.
        output_bytes: How much of what the application prints is kept; the rest is read and dropped.
        result_bytes: Largest result of a job, as JSON.
        copy_mb: How much of the application's own files and databases may be copied in all, in MiB.
    """

    seconds: float = 60.0
    memory_mb: int = 2048
    output_bytes: int = 256 * 1024
    result_bytes: int = 64 * 1024 * 1024
    copy_mb: int = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Something that the application tried and was refused.

    Attributes:
        kind: ``connect``, ``command``, ``mail``, ``write`` or ``fork``.
        what: Address, command, path: names only, no arguments.
        where: Place in the application's code, such as ``shop.py:12 in create_app``; empty where none was found.
        allow: The allowance that would have let it, or empty where none does.
    """

    kind: str
    what: str
    where: str = ""
    allow: str = ""

    @property
    def words(self) -> str:
        """The attempt in one line, with what would allow it."""
        place = f" ({self.where})" if self.where else ""
        return f"{self.kind}: {self.what}{place}" + (f"; --allow {self.allow} lets it" if self.allow else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A run that came to its end. Of what the application did, at most 1000 things of a kind are kept.

    Attributes:
        result: What the job returned.
        layers: Sentences: the protections that were active.
        missing: Sentences: the ones that this machine does not give, and why.
        refused: What the application tried and was refused, each once.
        printed: What it wrote to its standard output and standard error, bounded.
        redirected: Files that it wrote, changed or removed, in the private copy only; SQLite files are not among them.
        databases: Each SQLite file that it opened, with the copy that it got; the copies go when the run ends.
    """

    result: Any
    layers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[Attempt, ...] = ()
    printed: str = ""
    redirected: tuple[str, ...] = ()
    databases: Mapping[str, str] = field(default_factory=dict)


def allowances(names: Iterable[str]) -> frozenset[Allowance]:
    """Return the allowances of these names.

    Raises:
        TargetError: where there is none of that name.
    """
    return frozenset(_allowance(name) for name in names)


def _allowance(name: str) -> Allowance:
    known = [str(each) for each in Allowance]
    if name in known:
        return Allowance(name)
    like = nearest(name, known)
    hint = f" Did you mean {like!r}?" if like else f" There are: {', '.join(known)}."
    raise TargetError(f"--allow {name}: there is no such allowance.{hint}")
