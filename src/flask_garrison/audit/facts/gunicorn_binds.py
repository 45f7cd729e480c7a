"""Where gunicorn listens, and who can connect there."""

from __future__ import annotations

from .gunicorn import Gunicorn

_OWN_MACHINE = ("127.", "localhost", "[::1]")


def binds(settings: Gunicorn) -> list[str]:
    """Return the addresses; ``PORT`` in the environment makes gunicorn's default an open one."""
    port = settings.environ.get("PORT")
    return settings.listed("bind", f"0.0.0.0:{port}" if port else "127.0.0.1:8000")


def is_socket(bind: str) -> bool:
    """Return whether an address is a Unix socket or a descriptor that somebody else opened."""
    return bind.startswith(("unix:", "fd:", "fd://", "/"))


def is_open(bind: str) -> bool:
    """Return whether other machines can connect to an address."""
    return not is_socket(bind) and not bind.removeprefix("tcp://").startswith(_OWN_MACHINE)


def open_binds(settings: Gunicorn) -> list[str]:
    """Return the addresses that other machines can connect to."""
    return [bind for bind in binds(settings) if is_open(bind)]
