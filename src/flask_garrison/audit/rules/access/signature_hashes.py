"""Digests with known collisions that decide whether something is genuine."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call, Comparison, Sighting
from ...code.labels import DIGEST, SECRET
from ...code.models.hashing import BROKEN, OF_CLIENT, data_of, for_security, function_of
from ...code.values.taint import ALL
from ...code.values.value import Value
from ...rule import Match, Rule, checks

WEAK_SIGNATURE_HASH = Rule(
    id="access.weak-signature-hash",
    kind="code",
    control="access.token-signatures",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(327, 328),
    asvs=("V11.4.1", "V11.4.3"),
    title="MD5 or SHA-1 decides whether something is genuine",
    why="Two contents with the same MD5 or SHA-1 digest can be made, and to MD5(key + message) a message can be added "
    "without the key. What the digest vouches for can be replaced.",
    fix="Sign with hmac.new(key, message, hashlib.sha256) and compare with hmac.compare_digest(); compare files by "
    "SHA-256. "
    "A digest that is only a name for something says so: usedforsecurity=False.",
    before="signature = hashlib.md5(key + message).hexdigest()",
    after='signature = hmac.new(key, message, "sha256").hexdigest()',
    guard="Nothing: what the application signs by itself is its own.",
    language="python",
    items=(34,),
)


@checks(WEAK_SIGNATURE_HASH, reads="comparison")
def compared(comparison: Comparison) -> Iterator[Match]:
    """Find a digest that is compared with another value."""
    if isinstance(comparison.sign, (ast.Eq, ast.NotEq)):
        yield from _judged(comparison, comparison.left, comparison.right)


@checks(WEAK_SIGNATURE_HASH, reads="call", of=("hmac.compare_digest", "secrets.compare_digest", "operator.eq"))
def compared_safely(call: Call) -> Iterator[Match]:
    """Find the same in a comparison that takes no time to tell."""
    if len(call.args) == 2:
        yield from _judged(call, call.args[0], call.args[1])


def _judged(sighting: Sighting, left: Value, right: Value) -> Iterator[Match]:
    for one, other in ((left, right), (right, left)):
        if (
            one.taint & DIGEST
            and one.step is not None
            and not _names_a_version(other)
            and _vouches(sighting, one, other)
        ):
            yield sighting.at(
                one.step, "a digest with known collisions is compared to tell whether something is genuine"
            )
            return


def _vouches(sighting: Sighting, digest: Value, other: Value) -> bool:
    """Return whether a comparison decides what is believed, and not only whether something has changed.

    It does where a secret is part of the digest, where the client claims the other one, or where what the client sent
    is refused that has another digest than it should.
    """
    if digest.taint & SECRET or isinstance(sighting, Call):
        return True
    if sighting.taint(other) & ALL and (other.step is None or not other.step.stored):
        return True
    return bool(digest.taint & OF_CLIENT) and _refuses(sighting)


def _refuses(sighting: Sighting) -> bool:
    """Return whether the function does not go on where the two differ."""
    if sighting.function is None or not any(isinstance(sign, ast.NotEq) for sign in getattr(sighting.node, "ops", ())):
        return False
    for node in ast.walk(sighting.function.node):
        if isinstance(node, ast.If) and any(part is sighting.node for part in ast.walk(node.test)):
            return any(_ends(part) for statement in node.body for part in ast.walk(statement))
    return False


def _ends(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "abort"
    )


def _names_a_version(value: Value) -> bool:
    """Return whether the other side is an entity tag or the digest of the same kind: nothing is vouched for."""
    label = value.step.label.lower() if value.step is not None else ""
    return "if-none-match" in label or "etag" in label or bool(value.taint & DIGEST)


@checks(WEAK_SIGNATURE_HASH, reads="call", of=("hmac.new", "hmac.digest", "hmac.HMAC"))
def weak_mac(call: Call) -> Iterator[Match]:
    """Find a code with MD5; HMAC with SHA-1 is not broken, and is named with less weight."""
    digest = call.arg(2, "digestmod", "digest")
    if digest is None:
        return
    names = [text.lower() for text in digest.texts()] or [digest.path.rpartition(".")[2].lower()]
    weak = [name for name in names if name in BROKEN]
    if weak and len(weak) == len(names):
        severity = Severity.LOW if weak[0] == "sha1" else Severity.MEDIUM
        yield call.match(f"a code is made with HMAC and {weak[0]}", severity=severity)


@checks(WEAK_SIGNATURE_HASH, reads="call", of=("hashlib.new", "hashlib.md5", "hashlib.sha1"))
def keyed(call: Call) -> Iterator[Match]:
    """Find a digest that a secret is part of: it is meant to be a signature."""
    value = data_of(call)
    if value is not None and call.reach(value) & SECRET and function_of(call) in BROKEN and for_security(call):
        # Where it is compared as well, that is the same finding.
        yield call.at(call.machine.step(call.node, None), f"{function_of(call)} over a secret is used for a signature")


@checks(
    WEAK_SIGNATURE_HASH,
    reads="call",
    of=("cryptography.hazmat.primitives.hashes.SHA1", "cryptography.hazmat.primitives.hashes.MD5"),
)
def in_cryptography(call: Call) -> Iterator[Match]:
    """Find such a digest where cryptography signs, verifies or derives with it."""
    yield call.match(f"{call.name}() is used to sign or to verify", confidence=Confidence.MEDIUM)
