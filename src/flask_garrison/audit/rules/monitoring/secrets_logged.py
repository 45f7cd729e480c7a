"""Passwords, keys and tokens that the code writes to a log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.labels import PASSWORD, SECRET
from ...code.models.logs import LEVELS, LOGGERS
from ...code.values.value import Value
from ...rule import Match, Rule, checks

SECRET_LOGGED = Rule(
    id="monitoring.secret-logged",
    kind="code",
    control="monitoring.redaction",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(532,),
    asvs=("V16.2.5",),
    title="A password, key or token is written to a log",
    why="Logs are copied, sent to other systems, kept for years and read by many who must not know what stands in "
    "them. Whoever reads the secret there can use it, and nobody notices.",
    fix="Log who and what, and leave the secret out; where it must be told from others, log the first few signs of a "
    "digest.",
    before='log.info("mail is sent with %s", os.environ["MAIL_PASSWORD"])',
    after='log.info("mail is sent as %s", os.environ["MAIL_USER"])',
    guard="It leaves secrets out of its own events. What the application logs is the application's.",
    language="python",
    lesson="monitoring-silent-break-in",
    items=(125,),
)

_METHODS: Final = (*(f"{logger}.{level}" for logger in LOGGERS for level in LEVELS), "syslog.syslog")
_DIGESTS: Final = frozenset(
    {"hexdigest", "digest", "hash", "hashpw", "generate_password_hash", "sha256", "md5", "sha1"}
)


@checks(SECRET_LOGGED, reads="call", of=_METHODS)
def secret_logged(call: Call) -> Iterator[Match]:
    """``log.debug("key %s", os.environ["API_KEY"])``, ``log.info(os.environ)``."""
    if _copies_environment(call) or any(map(_is_environment, call.values)):
        yield call.match(f"{call.name}() logs the whole environment, the secrets in it too")
        return
    for value in call.values:
        for hole in call.labelled(value, SECRET | PASSWORD):
            if not _is_shortened(hole.value):
                what = "a password" if call.taint(hole.value) & PASSWORD else "a secret"
                yield call.flow(hole.value, SECRET | PASSWORD, f"{call.name}() logs {what}")
                return


def _is_environment(value: Value) -> bool:
    """Return whether a value is all of the environment."""
    return value.path in ("os.environ", "os.environ.copy()", "os.environ.items()")


def _copies_environment(call: Call) -> bool:
    """Return whether an argument is ``dict(os.environ)``."""
    for given in getattr(call.node, "args", ()):
        if isinstance(given, ast.Call) and getattr(given.func, "id", "") == "dict" and given.args:
            return getattr(given.args[0], "attr", "") == "environ"
    return False


def _is_shortened(value: Value) -> bool:
    """Return whether what is logged is a digest, or a few signs."""
    for step in value.step.chain() if value.step is not None else ():
        node = step.node
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            return True
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in _DIGESTS:
            return True
    return False
