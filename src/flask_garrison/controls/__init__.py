"""The catalogue: every control that Garrison promises, one file a chapter.

A *control* is one defence with one name. What enforces it, what audits it, what attacks it, what reports it and what
teaches it are its *faces*; each names the control by its id, so a gap between promise and product is visible in
``garrison controls`` and fails the completeness test.

The catalogue is data. Nothing here is imported by an application that only guards itself.
"""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from enum import Enum

CHAPTERS: tuple[str, ...] = (
    "inputs",
    "passwords",
    "access",
    "transport",
    "headers",
    "database",
    "assessment",
    "dependencies",
    "monitoring",
    "training",
)
"""The ten chapters, in reading order. A slug names its file in every folder."""


class Face(Enum):
    """One way in which a control is present in the product."""

    ENFORCE = "enforce"
    AUDIT = "audit"
    PROBE = "probe"
    EVENT = "event"
    LESSON = "lesson"


class Promise(Enum):
    """What the catalogue says of one face of one control.

    ``BUILT`` is checked by the completeness test. ``PLANNED`` is promised and not in this version. ``NONE`` means that
    the face would make no sense for this control (a header cannot be taught alone, a lesson cannot be enforced).
    """

    BUILT = "built"
    PLANNED = "planned"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One defence of the catalogue.

    Attributes:
        id: ``<chapter>.<kebab-name>``, stable for ever once released.
        title: What the control does, a phrase without a full stop.
        cwe: Weaknesses that it prevents or reveals (MITRE CWE numbers).
        asvs: Requirements of OWASP ASVS 5.0 that it serves, such as ``"V3.4.3"``.
        top10: Categories of OWASP Top 10:2025, such as ``"A02:2025"``.
        enforce, audit, probe, event, lesson: The promise for each face.
        lab: Slug of the lab that teaches it (see the curriculum), or ``None``.
    """

    id: str
    title: str
    cwe: tuple[int, ...]
    asvs: tuple[str, ...]
    top10: tuple[str, ...]
    enforce: Promise = Promise.NONE
    audit: Promise = Promise.NONE
    probe: Promise = Promise.NONE
    event: Promise = Promise.NONE
    lesson: Promise = Promise.NONE
    lab: str | None = None

    @property
    def chapter(self) -> str:
        """Slug of the chapter, the part of :attr:`id` before the dot."""
        return self.id.partition(".")[0]

    def promise(self, face: Face) -> Promise:
        """Return what the catalogue promises for ``face``."""
        promise: Promise = getattr(self, face.value)
        return promise


@functools.cache
def catalogue() -> dict[str, Control]:
    """Return every control by id, chapters in their order.

    Found by walking the chapter files: adding a control means adding an entry to the ``CONTROLS`` tuple of one.
    """
    found: dict[str, Control] = {}
    for chapter in CHAPTERS:
        module = importlib.import_module(f"{__name__}.{chapter}")
        for control in module.CONTROLS:
            found[control.id] = control
    return found
