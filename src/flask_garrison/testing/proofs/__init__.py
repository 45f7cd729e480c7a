"""The proofs, one control a file: each asks the application and yields the holes that it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..hole import Hole
from ..subject import Subject
from . import body_size, cross_site, debug, headers, hosts, https, nonces, script_sources, secret_key, session_cookie

__all__ = ["PROOFS", "Proof"]

Proof = Callable[[Subject], Iterator[Hole]]

PROOFS: tuple[Proof, ...] = (
    cross_site.prove,
    headers.prove,
    nonces.prove,
    script_sources.prove,
    session_cookie.prove,
    hosts.prove,
    https.prove,
    body_size.prove,
    debug.prove,
    secret_key.prove,
)
