"""How the code hashes passwords."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.labels import PASSWORD
from ...code.models.hashing import CONSTRUCTORS, HASH, data_of, for_security, function_of, state_of
from ...code.values.value import Value
from ...rule import Judged, Match, Rule, checks

WEAK_HASH = Rule(
    id="passwords.weak-hash",
    kind="code",
    control="passwords.no-fast-hashes",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(916, 328),
    asvs=("V11.4.2",),
    title="Passwords are hashed so fast that they can be guessed",
    why="One graphics card tries billions of MD5 or SHA-256 digests a second: whoever gets a copy of the table knows "
    "most "
    "of the passwords within a day, salted or not.",
    fix="Use Argon2id (argon2-cffi's PasswordHasher), or Werkzeug's generate_password_hash() as it comes. Upgrade old "
    "digests at the next login, or wrap them at once.",
    before="digest = hashlib.sha256(salt + password.encode()).hexdigest()",
    after="digest = argon2.PasswordHasher().hash(password)",
    guard="Nothing in this version: accounts come later.",
    language="python",
    items=(111, 112),
)

ROUNDS = {"sha1": 600_000, "sha256": 210_000, "sha512": 100_000}
"""Iterations of PBKDF2 below which it counts as too few; OWASP's advice is higher for each."""


@checks(WEAK_HASH, reads="call", of=("hashlib.new", *CONSTRUCTORS, "Crypto.Hash.MD5.new", "Crypto.Hash.SHA256.new"))
def fast_hash(call: Call) -> Iterator[Judged]:
    """Find a password in a digest that is made for speed."""
    if for_security(call):
        yield from _judged(call, data_of(call), function_of(call))


@checks(WEAK_HASH, reads="call", of=(f"{HASH}.update",))
def fast_hash_in_parts(call: Call) -> Iterator[Judged]:
    """Find one that is given to a digest later."""
    yield from _judged(call, call.arg(0, "data"), state_of(call.receiver)[0])


def _judged(call: Call, value: Value | None, name: str) -> Iterator[Judged]:
    if value is None or not call.reach(value) & PASSWORD or call.node in _shortened(call) or _asks_for_breaches(call):
        return
    title = f"a password is hashed with {name or 'a fast digest'}"
    yield Judged(call.node, call.flow(_of_password(call, value), PASSWORD, title))


def _of_password(call: Call, value: Value) -> Value:
    return next((hole.value for hole in call.labelled(value, PASSWORD)), value)


def _shortened(call: Call) -> set[ast.AST]:
    """Return the digests that only shorten a password for a slow hash."""
    found: set[ast.AST] = call.machine.notes.setdefault("digests before a slow hash", set())
    return found


_SLOW = (
    *(
        "bcrypt.hashpw",
        "bcrypt.checkpw",
        "bcrypt.kdf",
        "hashlib.pbkdf2_hmac",
        "hashlib.scrypt",
        "nacl.pwhash.argon2id.str",
    ),
    *(f"argon2.PasswordHasher().{name}" for name in ("hash", "verify")),
    *(f"flask_bcrypt.Bcrypt().{name}" for name in ("generate_password_hash", "check_password_hash")),
    *("flask_bcrypt.generate_password_hash", "werkzeug.security.generate_password_hash"),
    *("werkzeug.security.check_password_hash", "?.hash", "?.verify", "?.derive", "?.hashpw", "?.checkpw"),
)


@checks(WEAK_HASH, reads="call", of=_SLOW)
def slow_hash(call: Call) -> Iterator[Judged]:
    """A digest that goes into a slow hash is no hash of its own."""
    for value in call.values:
        if call.reach(value) & PASSWORD and value.step is not None:
            for step in value.step.chain():
                if isinstance(step.node, ast.Call):
                    _shortened(call).add(step.node)
                    yield Judged(step.node)


_BREACHES = re.compile(r"pwned|breach|hibp|leak|compromis", re.IGNORECASE)


def _asks_for_breaches(call: Call) -> bool:
    """Return whether the first five digits are asked for in a list of known passwords; the rest says nothing."""
    if call.function is None:
        return False
    for node in ast.walk(call.function.node):
        if isinstance(node, ast.Slice) and isinstance(node.upper, ast.Constant) and node.upper.value == 5:
            return True
    return bool(_BREACHES.search(call.where))


@checks(WEAK_HASH, reads="call", of=("hashlib.scrypt",))
def cheap_scrypt(call: Call) -> Iterator[Match]:
    """Find a cost of scrypt that a graphics card laughs at."""
    cost, password = call.arg(None, "n"), call.arg(0, "password")
    if (
        password is not None
        and call.reach(password) & PASSWORD
        and cost is not None
        and cost.known
        and isinstance(cost.constant, int)
        and cost.constant < 2**13
    ):
        yield call.match(f"scrypt's cost is {cost.constant:,}, which is too little", severity=Severity.MEDIUM)


@checks(WEAK_HASH, reads="call", of=("hashlib.pbkdf2_hmac",))
def few_rounds(call: Call) -> Iterator[Match]:
    """Find a derivation with too few iterations, or with a digest that is broken."""
    name, rounds = call.arg(0, "hash_name"), call.arg(3, "iterations")
    digest = name.texts()[0].lower() if name is not None and len(name.texts()) == 1 else "sha256"
    if rounds is None or not rounds.known or not isinstance(rounds.constant, int):
        return
    least = ROUNDS.get(digest, ROUNDS["sha512"])
    if rounds.constant < least / 2:
        severity = Severity.HIGH if rounds.constant < 10_000 else Severity.MEDIUM
        yield call.match(f"PBKDF2 with {digest} runs {rounds.constant:,} times, which is too few", severity=severity)


@checks(WEAK_HASH, reads="call", of=("werkzeug.security.generate_password_hash",))
def weakened_werkzeug(call: Call) -> Iterator[Match]:
    """Find a method that is weaker than Werkzeug's own."""
    method = call.arg(1, "method")
    for text in method.texts() if method is not None else ():
        if _is_weak_method(text):
            yield call.match(f"generate_password_hash() is told to use {text!r}")


def _is_weak_method(text: str) -> bool:
    kind, _, rest = text.partition(":")
    if kind == "scrypt":
        return False
    if kind != "pbkdf2":
        return True
    digest, _, rounds = rest.partition(":")
    return digest in ("md5", "sha1") or (rounds.isdigit() and int(rounds) < ROUNDS.get(digest, 210_000) // 2)


@checks(WEAK_HASH, reads="call", of=("bcrypt.gensalt",))
def cheap_bcrypt(call: Call) -> Iterator[Match]:
    """Find a cost of bcrypt below ten."""
    rounds = call.arg(0, "rounds")
    if rounds is not None and rounds.known and isinstance(rounds.constant, int) and rounds.constant < 10:
        yield call.match(f"bcrypt's cost is {rounds.constant}", severity=Severity.MEDIUM)


@checks(
    WEAK_HASH,
    reads="call",
    of=(
        "crypt.crypt",
        *(
            f"passlib.hash.{n}.hash"
            for n in (
                "md5_crypt",
                "sha1_crypt",
                "des_crypt",
                "hex_md5",
                "hex_sha1",
                "hex_sha256",
                "ldap_md5",
                "ldap_sha1",
                "nthash",
                "lmhash",
                "plaintext",
            )
        ),
    ),
)
def old_schemes(call: Call) -> Iterator[Match]:
    """Find schemes of old."""
    if call.path == "crypt.crypt":
        salt = call.arg(1, "salt")
        if salt is None or "SHA" in salt.path or "BLOWFISH" in salt.path:
            return
    yield call.match(f"{call.path} is no scheme for passwords")
