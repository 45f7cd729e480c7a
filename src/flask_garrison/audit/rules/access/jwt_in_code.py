"""Tokens that are believed without being verified, or that anybody could have signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.literals import hidden_match
from ...code.values.objects import Mapping, Sequence
from ...code.values.value import Value
from ...rule import Match, Rule, checks

_GUARD = "Nothing: tokens that the application reads are its own."

UNVERIFIED = Rule(
    id="access.jwt-unverified",
    kind="code",
    control="access.token-signatures",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(347, 345),
    asvs=("V9.1.1",),
    title="A token is read without its signature being verified",
    why="Anybody can write a token: its claims are worth nothing until the signature is checked.",
    fix='Give the key and the algorithms: jwt.decode(token, key, algorithms=["ES256"]), and use what that returns.',
    before='claims = jwt.decode(token, options={"verify_signature": False})',
    after='claims = jwt.decode(token, KEY, algorithms=["ES256"], audience="shop")',
    guard=_GUARD,
    language="python",
    items=(115,),
)

WEAK_KEY = Rule(
    id="access.jwt-weak-key",
    kind="code",
    control="access.token-signatures",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(326, 798),
    asvs=("V9.1.1", "V11.2.3"),
    title="Tokens are signed with a key that stands in the code, or can be guessed",
    why="One token is enough to try keys against it, without asking the application. Whoever has the key writes "
    "tokens of any user.",
    fix="Sign with 32 random bytes or more from a secret store, or with a key pair.",
    before='jwt.encode(claims, "secret", algorithm="HS256")',
    after='jwt.encode(claims, os.environ["TOKEN_KEY"], algorithm="HS256")',
    guard=_GUARD,
    language="python",
    items=(115,),
)

ALGORITHMS = Rule(
    id="access.jwt-algorithms-in-code",
    kind="code",
    control="access.token-signatures",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(327, 347),
    asvs=("V9.1.2",),
    title="The token says how it is to be verified",
    why='With "none" a token needs no signature. Where HS256 is allowed beside RS256, the public key, which '
    "everybody has, "
    "signs tokens.",
    fix='Name the one algorithm that you sign with: algorithms=["ES256"].',
    before='jwt.decode(token, key, algorithms=[jwt.get_unverified_header(token)["alg"]])',
    after='jwt.decode(token, key, algorithms=["ES256"])',
    guard=_GUARD,
    language="python",
    items=(115,),
)

_DECODE = (
    "jwt.decode",
    "jwt.api_jwt.decode",
    "jwt.decode_complete",
    "jwt.PyJWT().decode",
    "jose.jwt.decode",
    "jose.jws.verify",
    "authlib.jose.jwt.decode",
)


@checks(UNVERIFIED, reads="call", of=_DECODE)
def unverified(call: Call) -> Iterator[Match]:
    """Find options that switch the verification off, where what is read is more than a hint for the key."""
    options = call.arg(None, "options") or (call.args[3] if len(call.args) > 3 else None)
    off = options is not None and any(
        _option(ref, "verify_signature").is_only(False) for ref in options.refs if isinstance(ref, Mapping)
    )
    verify = call.arg(2, "verify") if call.path.startswith("jwt.") and "verify" in call.keywords else None
    if (off or (verify is not None and verify.is_only(False))) and not _verified_after(call):
        yield call.match(f"{call.name}() is told not to verify the signature")
    elif options is not None and any(
        _option(ref, "verify_exp").is_only(False) for ref in options.refs if isinstance(ref, Mapping)
    ):
        yield call.match("tokens are taken long after they have expired", severity=Severity.MEDIUM)


def _option(ref: Mapping, name: str) -> Value:
    found: Any = ref.payload[0].get(name)
    return found if found is not None else Value()


def _verified_after(call: Call) -> bool:
    """Return whether the same class or module verifies a token as well: then this looks for the key."""
    import ast

    function = call.function
    if function is None:
        return False
    owner = function.owner.node if function.owner is not None else function.node
    for node in ast.walk(owner):
        if not isinstance(node, ast.Call) or node is call.node or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == "decode" and any(word.arg == "algorithms" for word in node.keywords):
            return True
    return False


@checks(
    UNVERIFIED,
    reads="call",
    of=("jose.jwt.get_unverified_claims", "jose.jws.get_unverified_claims", "jwt.api_jws.get_unverified_claims"),
)
def unverified_claims(call: Call) -> Iterator[Match]:
    """Find claims that are read without a signature."""
    if not _verified_after(call):
        yield call.match("claims are read that nothing has verified")


@checks(
    WEAK_KEY,
    reads="call",
    of=(
        *_DECODE,
        "jwt.encode",
        "jwt.api_jwt.encode",
        "jwt.PyJWT().encode",
        "jose.jwt.encode",
        "authlib.jose.jwt.encode",
    ),
)
def weak_key(call: Call) -> Iterator[Match]:
    """Find a key that is a constant of the code."""
    key = call.arg(2 if call.path == "authlib.jose.jwt.encode" else 1, "key")
    if key is None or not key.consts or not all(isinstance(item, (str, bytes)) and item for item in key.consts):
        return
    if not any("BEGIN PUBLIC" in str(item) or "BEGIN CERT" in str(item) for item in key.consts):
        # The line holds the key: only what is called is shown.
        yield hidden_match(call, call.node, call.path, "the key of a token stands in the code")


@checks(ALGORITHMS, reads="call", of=_DECODE)
def algorithms(call: Call) -> Iterator[Match]:
    """Find algorithms that a token may choose from, but must not."""
    given = call.arg(2, "algorithms")
    if given is None:
        return
    names, from_token = [], bool(call.reach(given) & _CLIENT)
    for ref in given.refs:
        for item in ref.payload[0] if isinstance(ref, Sequence) else ():
            names += [text.lower() for text in item.texts()]
            from_token = from_token or "unverified_header" in item.path or "unverified_header" in _origin(item)
    from_token = from_token or "unverified_header" in given.path
    if from_token:
        yield call.match("the token itself names the algorithm")
    elif "none" in names:
        yield call.match('the algorithm "none" is allowed')
    elif any(name.startswith("hs") for name in names) and any(name[:2] in ("rs", "es", "ps") for name in names):
        yield call.match("algorithms with a shared key and with a key pair are allowed at once")


_CLIENT = (1 << 80) - 1


def _origin(value: Value) -> str:
    while value.derived is not None and isinstance(value.derived[1], Value):
        if value.path:
            return value.path
        value = value.derived[1]
    return value.path
