"""SSH to a host whose key nobody checks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.objects import Class, Function, Instance, Sequence
from ...code.values.value import Value
from ...rule import Match, Rule, checks

SSH_HOST_KEYS = Rule(
    id="transport.ssh-host-keys",
    kind="code",
    control="transport.certificate-checks",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(322, 295),
    asvs=("V12.3.2",),
    title="The key of an SSH host is taken as it comes",
    why="Anybody on the way can be the host: a password is given to him, and what he answers is believed.",
    fix="Load the known keys and leave the policy alone: client.load_system_host_keys(), client.load_host_keys(file).",
    before="client.set_missing_host_key_policy(paramiko.AutoAddPolicy())",
    after='client.load_host_keys("/etc/app/known_hosts")',
    guard="Nothing: connections that the application opens are its own.",
    language="python",
)

_POLICIES = ("AutoAddPolicy", "WarningPolicy", "IgnorePolicy")
_OPTIONS = (
    "StrictHostKeyChecking=no",
    "StrictHostKeyChecking=off",
    "StrictHostKeyChecking=accept-new",
    "UserKnownHostsFile=/dev/null",
)


@checks(
    SSH_HOST_KEYS,
    reads="call",
    of=(
        "?.set_missing_host_key_policy",
        "paramiko.SSHClient().set_missing_host_key_policy",
        "paramiko.client.SSHClient().set_missing_host_key_policy",
    ),
)
def policy(call: Call) -> Iterator[Match]:
    """Find a policy that lets unknown keys pass."""
    value = call.arg(0, "policy")
    if value is None:
        return
    name = value.path.removesuffix("()").rpartition(".")[2]
    if name in _POLICIES:
        yield call.match(f"{name} accepts any key of a host that is not known")
    elif _lets_pass(value):
        yield call.match("the policy accepts a key that is not known: it never raises")


def _lets_pass(value: Value) -> bool:
    """Return whether a policy of the project does not refuse in any way."""
    for ref in value.refs:
        cls = ref.cls if isinstance(ref, Instance) else ref if isinstance(ref, Class) else None
        if cls is None or not any("MissingHostKeyPolicy" in base for base in cls.library_bases()):
            continue
        for ancestor in cls.ancestors():
            member = ancestor.scope.payload.get("missing_host_key")
            functions = [one for one in member.refs if isinstance(one, Function)] if member is not None else []
            if functions:
                return not any(isinstance(node, ast.Raise) for node in ast.walk(functions[0].node))
    return False


@checks(SSH_HOST_KEYS, reads="call", of=("asyncssh.connect", "asyncssh.create_connection", "asyncssh.connect_reverse"))
def asyncssh(call: Call) -> Iterator[Match]:
    """Find asyncssh without known hosts."""
    known = call.arg(None, "known_hosts")
    if known is not None and known.is_only(None):
        yield call.match("known_hosts=None accepts any key")


@checks(SSH_HOST_KEYS, reads="call", of=("paramiko.Transport().connect", "paramiko.transport.Transport().connect"))
def transport(call: Call) -> Iterator[Match]:
    """Find a bare transport that is given no key to compare with."""
    key = call.arg(0, "hostkey")
    checked = call.receiver is not None and ("host key read", call.receiver) in call.machine.reads
    if (key is None or key.is_only(None)) and not checked:
        yield call.match("the transport compares the host's key with nothing", confidence=Confidence.MEDIUM)


@checks(
    SSH_HOST_KEYS,
    reads="call",
    of=[f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")]
    + ["os.system", "?.exec_command"],
)
def command_line(call: Call) -> Iterator[Match]:
    """Find options of ``ssh`` that switch the check off."""
    for value in call.args[:1]:
        for text in _texts(value):
            if any(option.lower() in text.lower().replace(" ", "=") for option in _OPTIONS):
                yield call.match("ssh is told not to check the host's key")
                return


def _texts(value: Value) -> Iterator[str]:
    yield from value.texts()
    for piece in value.pieces or ():
        if isinstance(piece, str):
            yield piece
    for ref in value.refs:
        if isinstance(ref, Sequence):
            for item in ref.payload[0]:
                yield from item.texts()
