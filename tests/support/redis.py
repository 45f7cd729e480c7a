"""A real Redis server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .process import ProcessEndedError, free_port, running


@contextmanager
def redis(executable: str, folder: Path) -> Iterator[str]:
    """Run a server that keeps nothing on disk, and give its URL (``redis://127.0.0.1:PORT``)."""
    with ExitStack() as stack:
        port = _start(stack, executable, folder)
        yield f"redis://127.0.0.1:{port}"


def _start(stack: ExitStack, executable: str, folder: Path, tries: int = 3) -> int:
    """Start the server; try another port where somebody took the chosen one before the server could."""
    port = free_port()
    argv = [executable, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    try:
        stack.enter_context(running(argv, port=port, log=folder / "redis.log"))
    except ProcessEndedError:
        if tries == 1:
            raise
        return _start(stack, executable, folder, tries - 1)
    return port
