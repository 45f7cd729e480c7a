"""Files on their way into an app and out of it, and what arrived, byte for byte."""

from __future__ import annotations

import hashlib
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

_LONG_AGO = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Transfer:
    """One file on its way.

    Attributes:
        way: ``upload`` or ``download``.
        size: Bytes that arrived; not compared, since an archive with times in it is never as long as the next.
        whole: Whether every byte arrived as it was sent; ``None`` where only the bare run tells what is right.
        digest: SHA-256 of what arrived; empty where it holds times or ids.
        name: What the browser would save it as, without what varies; empty for an upload.
    """

    way: str
    size: int = field(compare=False)
    whole: bool | None
    digest: str
    name: str = ""


def transfer(way: str, sent: bytes | None, arrived: bytes | None, *, varies: bool = False, name: str = "") -> Transfer:
    """Compare what was sent with what arrived.

    Args:
        sent: ``None`` where only the bare run tells what is right.
        arrived: ``None`` for nothing at all.
        varies: The content holds times or ids: each run is compared with what was sent in it, not with the bare one.
    """
    whole = None if sent is None else sent == arrived
    content = arrived or b""
    digest = "" if varies else hashlib.sha256(content).hexdigest()
    return Transfer(way, len(content), whole, digest, name)


def noise(size: int) -> bytes:
    """Return ``size`` bytes with every value and no pattern, the same each time."""
    return random.Random(size).randbytes(size)


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive that is the same each time."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), data)
    return content.getvalue()
