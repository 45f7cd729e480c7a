"""The scripts of the application's templates carry a nonce, and no two answers the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "headers.csp"
_NONCE = r"'nonce-([A-Za-z0-9+/_=-]{16,})'"


def prove(subject: Subject) -> Iterator[Hole]:
    """Ask twice for the same page; a policy that allows no script at all needs no nonce."""
    page = subject.first_page()
    if page is None:
        return
    rule, path = page
    where = f"GET {rule.rule}"
    policies = [subject.ask(path).headers.get("Content-Security-Policy", "") for _ in range(2)]
    if all("script-src 'none'" in policy for policy in policies):
        return
    nonces = [found[1] if (found := re.search(_NONCE, policy)) else "" for policy in policies]
    mend = "modes={'headers.csp': 'enforce'}; let no cache or after_request function write the policy"
    if not all(nonces):
        yield Hole(CONTROL, where, "the policy names no nonce for scripts", mend)
    elif nonces[0] == nonces[1]:
        yield Hole(CONTROL, where, "two answers have the same nonce", mend)
