"""The private pipe from child to parent: one JSON document a line, never a pickle."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from typing import Any


class Channel:
    """The child's end. The application does not know its number, and what it prints goes elsewhere."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._process = os.getpid()
        self._lock = threading.RLock()

    def send(self, kind: str, **fields: Any) -> None:
        """Send one message at once, so that it has left even if the process dies next."""
        self.send_encoded(encode(kind, fields))

    def send_encoded(self, line: bytes) -> None:
        """Send what :func:`encode` returned; a fork of the application has nothing to say."""
        if os.getpid() != self._process:
            return
        with self._lock:
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]


def encode(kind: str, fields: Mapping[str, Any]) -> bytes:
    """Return one message as a line."""
    return json.dumps({"kind": kind, **fields}, ensure_ascii=True).encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """Return one message.

    Raises:
        ValueError: where the line is no message.
    """
    message = json.loads(line)
    if not isinstance(message, dict) or not isinstance(message.get("kind"), str):
        raise ValueError("no message")
    return message
