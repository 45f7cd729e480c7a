"""Decisions by the address that a client claims to have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Comparison, Setting, Sighting
from ...code.interpreter.frames import Frame, Stop
from ...code.syntax import statement_around
from ...code.values.objects import Mapping, Sequence, Thing
from ...code.values.taint import Use, both
from ...code.values.value import UNKNOWN, Value, constant
from ...rule import Match, Rule, checks

CLIENT_IP = Rule(
    id="access.client-ip-from-header",
    kind="code",
    control="access.client-address",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(290, 348),
    asvs=("V15.3.4", "V4.1.3"),
    title="An address out of a header decides what a client may do",
    why="X-Forwarded-For and its like are headers as any other: a client sends '127.0.0.1' and is inside, or a new "
    "address with each guess and is never slowed down.",
    fix="Use request.remote_addr, and tell Werkzeug's ProxyFix how many proxies stand before the application.",
    before='if request.headers.get("X-Forwarded-For") not in OFFICE:\n    abort(403)',
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)\n...\nif request.remote_addr not in OFFICE:\n    abort(403)",
    guard="Garrison sets request.remote_addr by the proxies that the policy names; what a view reads from the header "
    "itself it cannot change.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(40,),
)

_HEADERS: Final = re.compile(
    r"(?i)x[-_]forwarded[-_]for|x[-_]real[-_]ip|'forwarded'|client[-_]ip|connecting[-_]ip|remote[-_]ip|access_route|"
    r"x[-_]remote[-_]addr|x[-_]originating[-_]ip"
)
_LIMITS: Final = re.compile(
    r"(?i)fail|attempt|hits?\b|count|limit|throttl|block|ban|brake|bucket|window|tries|lock|quota|seen"
)
_ADDRESS: Final = re.compile(r"\d|::|localhost")
_TITLE: Final = "{} trusts an address that the client wrote into a header"


def _claimed(sighting: Sighting, value: Value) -> bool:
    """Return whether a value is a client's address as a header has it."""
    value = sighting.machine.resolve(value)
    if not sighting.machine.taint(value) & both(Use.CLIENT) or value.step is None:
        return False
    return bool(_HEADERS.search(value.step.label))


@checks(CLIENT_IP, reads="comparison")
def compared(comparison: Comparison) -> Iterator[Match]:
    """``request.headers["X-Real-IP"] in NETWORK``."""
    member = isinstance(comparison.sign, (ast.In, ast.NotIn))
    for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        if not _claimed(comparison, one) or (member and one is comparison.right):
            continue
        if (other.consts is not None and not any(other.consts)) or "sqlalchemy" in other.path or _is_of_words(other):
            continue
        if _decides(comparison):
            yield comparison.flow(one, Use.CLIENT, _TITLE.format("A comparison"))
        return


def _is_of_words(value: Value) -> bool:
    """Return whether a container holds the code's own words, none of which could be an address."""
    items = [item for ref in value.refs for item in _held(ref)]
    texts = [text for item in items for text in item.texts()]
    return bool(texts) and all(item.texts() for item in items) and not any(map(_ADDRESS.search, texts))


def _held(ref: Thing) -> list[Value]:
    if isinstance(ref, Mapping):
        return [constant(key) for key in ref.payload[0]]
    if isinstance(ref, Sequence):
        items, rest = ref.payload
        return [*items, *([rest] if rest is not None else [])]
    return [UNKNOWN]


@checks(CLIENT_IP, reads="call", of=("?.startswith", "?.endswith"), by_client=True)
def tested(call: Call) -> Iterator[Match]:
    """``address.startswith("10.")``."""
    if call.receiver is not None and _claimed(call, call.receiver) and _decides(call):
        yield call.flow(call.receiver, Use.CLIENT, _TITLE.format(f"{call.name}()"))


@checks(CLIENT_IP, reads="call", of=("flask_limiter.Limiter", "?.limit", "?.shared_limit"), by_client=True)
def limited(call: Call) -> Iterator[Match]:
    """``Limiter(key_func=...)`` whose function returns the header."""
    function = call.arg(0, "key_func") if call.path == "flask_limiter.Limiter" else call.arg(None, "key_func")
    if function is None or not function.refs:
        return
    try:
        value = call.machine.call(function, [], {}, call.node)
    except Stop:
        return
    if _claimed(call, value):
        yield call.flow(value, Use.CLIENT, _TITLE.format("The limit counts clients, and"))


@checks(CLIENT_IP, reads="call", of=("?.incr", "?.hincrby", "?.hit", "?.zadd"), by_client=True)
def counted(call: Call) -> Iterator[Match]:
    """``redis.incr(address)``."""
    for hole in call.tainted(call.arg(0), Use.CLIENT):
        if _claimed(call, hole.value):
            yield call.flow(hole, Use.CLIENT, _TITLE.format("A count of requests"))
            return


@checks(CLIENT_IP, reads="lookup")
def looked_up(setting: Setting) -> Iterator[Match]:
    """``failures[address]`` in what decides whether a client is let in."""
    if not _claimed(setting, setting.key):
        return
    words = ast.unparse(setting.node) if isinstance(setting.node, ast.Subscript) else ""
    if not _LIMITS.search(words.partition("[")[0]):
        return
    with _at_decision(setting) as node:
        if node is not None:
            yield setting.flow(setting.key, Use.CLIENT, _TITLE.format("A limit"), node=node)


@contextmanager
def _at_decision(setting: Setting) -> Iterator[ast.AST | None]:
    """Go to the outermost call whose result an ``if`` decides by, or stay where the ``if`` is here."""
    machine = setting.machine
    outer: Frame = machine.frame
    frame: Frame | None = outer
    found: tuple[Frame, ast.AST] | None = None
    while frame is not None and frame.function is not None:
        node: ast.AST | None = setting.node if frame is outer else None
        caller = frame.caller
        if frame.call is not None and caller is not None and caller.function is not None:
            around = statement_around(caller.function.node, frame.call)
            if isinstance(around, (ast.If, ast.While)):
                found = (caller, frame.call)
        elif node is not None and isinstance(statement_around(frame.function.node, node), (ast.If, ast.While)):
            found = (frame, node)
        frame = caller
    if found is None:
        yield None
        return
    machine.frame = found[0]
    try:
        yield found[1]
    finally:
        machine.frame = outer


def _decides(sighting: Sighting) -> bool:
    """Return whether a test lets something happen or refuses it, rather than only choosing what is shown."""
    function = sighting.function
    root = function.node if function is not None else sighting.source.tree
    around = statement_around(root, sighting.node)
    if isinstance(around, (ast.If, ast.While)):
        return any(isinstance(node, (ast.Return, ast.Raise)) or _refuses(node) for node in _inside(around))
    return isinstance(around, (ast.Return, ast.Assign, ast.Assert)) or isinstance(root, ast.Lambda)


def _inside(node: ast.If | ast.While) -> Iterator[ast.AST]:
    for statement in (*node.body, *node.orelse):
        yield from ast.walk(statement)


def _refuses(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return bool(re.search(r"(?i)abort|deny|refuse|reject|forbid|login|grant|allow", name))
