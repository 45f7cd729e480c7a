"""A real nginx on loopback with server blocks of the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .process import running

_FRAME = """\
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


@contextmanager
def nginx(program: str, servers: str, changes: Mapping[str, str], *, port: int, folder: Path) -> Iterator[None]:
    """Run nginx with ``servers`` in which each key of ``changes`` is replaced; it is there once ``port`` answers."""
    for written, here in changes.items():
        assert written in servers, f"{written!r} is not in the configuration"
        servers = servers.replace(written, here)
    user = "user root;" if folder.owner() == "root" else ""
    config = folder / "nginx.conf"
    config.write_text(_FRAME.format(folder=folder, user=user, servers=servers))
    argv = [program, "-c", str(config), "-p", str(folder)]
    with running(argv, port=port, log=folder / "output.log"):
        yield
