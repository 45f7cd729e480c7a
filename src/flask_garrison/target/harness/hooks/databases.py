"""SQLite in the private copy: each file that is opened is copied first, with what its journal holds."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from ..recorder import Recorder
from .overlay import Overlay
from .patching import Builtin, replace_everywhere
from .reading import Reading

_COMPANIONS = ("-wal", "-shm", "-journal")
_ATTACH = 24
"""``SQLITE_ATTACH``: what the authorizer is asked before ``ATTACH`` and ``VACUUM INTO``."""
_ALLOW, _DENY = 0, 1
_PARAMETERS = ("timeout", "detect_types", "isolation_level", "check_same_thread", "factory", "cached_statements", "uri")
"""Of :func:`sqlite3.connect`, after the database, in the order in which they may be given without their names."""


class Databases:
    """Rewrites the path of a database when it is connected to."""

    def __init__(self, overlay: Overlay, reading: Reading, recorder: Recorder) -> None:
        self._overlay = overlay
        self._reading = reading
        self._recorder = recorder

    def install(self) -> None:
        """Stand for :func:`sqlite3.connect`, under every name that it has."""
        try:
            import sqlite3
        except ImportError:
            return
        original = sqlite3.connect
        replace_everywhere({original: Builtin(self._connecting(original), original)})

    def copied(self, database: Any, *, uri: bool) -> Any:
        """Return what to connect to instead of ``database``."""
        text = os.fsdecode(database)
        if uri and text.startswith("file:"):
            return self._copied_uri(text)
        return text if text in ("", ":memory:") else self._copy(text)

    def is_copy(self, database: Any) -> bool:
        """Return whether connecting to this cannot reach a real file."""
        text = os.fsdecode(database)
        path, _, query = text.removeprefix("file:").partition("?")
        if path in ("", ":memory:") or "mode=memory" in query.split("&"):
            return True
        return os.path.normpath(unquote(path)).startswith(self._overlay.root + "/")

    def _copied_uri(self, text: str) -> str:
        path, question_mark, query = text.removeprefix("file:").partition("#")[0].partition("?")
        if path in ("", ":memory:") or "mode=memory" in query.split("&"):
            return text
        if path.startswith("//"):
            path = "/" + path[2:].partition("/")[2]
        return "file:" + quote(self._copy(unquote(path))) + question_mark + query

    def _copy(self, path: str) -> str:
        place = self._reading.place(path)
        overlay = self._overlay
        with overlay.lock:
            if not stat.S_ISDIR(overlay.mode(os.path.dirname(place))):
                # SQLite says by itself that it cannot open a file there: that folder does not exist in the copy.
                return overlay.above(place)
            overlay.raise_folder(os.path.dirname(place))
            for each in (place, *(place + ending for ending in _COMPANIONS)):
                if stat.S_ISREG(overlay.mode(each)):
                    overlay.prepare(each, told=False)
            self._recorder.database(place, overlay.above(place))
            return overlay.above(place)

    def _connecting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        from sqlite3 import Connection

        from .attaching import connection_class

        def connect(database: Any, *args: Any, **options: Any) -> Any:
            options |= zip(_PARAMETERS, args, strict=False)
            base = options.get("factory", Connection)
            if isinstance(base, type):
                options["factory"] = connection_class(base, self.attached)
            connection = original(self.copied(database, uri=bool(options.get("uri"))), **options)
            connection.set_authorizer(self._authorize)
            return connection

        return connect

    def attached(self, database: str) -> str:
        """Return what to attach instead of a file."""
        return str(self.copied(database, uri=True))

    def _authorize(self, action: int, first: str | None, *_: str | None) -> int:
        """Deny what was attached past the rewriting; without a name it was given in a way that is not known here."""
        if action != _ATTACH or (first is not None and self.is_copy(first)):
            return _ALLOW
        self._recorder.refuse("write", f"the attached database {first or ''}".rstrip())
        return _DENY
