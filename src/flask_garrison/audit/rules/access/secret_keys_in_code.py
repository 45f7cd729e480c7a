"""A secret key that is written into the code."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....guard.secret_strength import weakness_of
from ...code.events import Call, Configured, Named
from ...code.literals import hidden_match, literal, masked, second_argument
from ...rule import Judged, Match, Rule, checks

KEY_IN_CODE = Rule(
    id="access.secret-key-in-code",
    kind="code",
    control="access.secret-key",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(321, 798),
    asvs=("V13.3.1",),
    title="The secret key stands in the code",
    why="Who knows the key signs any session, and so is any user. It is known to everybody who sees the code, and "
    "where it is a word that everybody tries, to everybody else too.",
    fix="Make a new key, since this one is in the history, and read it from the environment or a secrets store.",
    before='app.config["SECRET_KEY"] = "8f42a73054b1749f8f58848be5e6502c"',
    after='app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]',
    guard="Garrison refuses to start with a key that is weak or publicly known; a strong one works like any other.",
    language="python",
    lesson="access-weak-secret",
    items=(1,),
    seen_by=("access.secret-key-in-source", "access.weak-secret-key"),
)


@checks(KEY_IN_CODE, reads="named")
def key(sighting: Named) -> Iterator[Judged]:
    """``SECRET_KEY = "..."`` in a file or class of settings; where it is replaced later, it is not in force."""
    constant = literal(sighting.node) if sighting.name == "SECRET_KEY" else None
    if constant is not None and weakness_of(constant.value) is None:
        match = hidden_match(
            sighting, constant, "SECRET_KEY", "the secret key is written into the code", confidence=Confidence.HIGH
        )
        yield Judged("SECRET_KEY", match)


@checks(KEY_IN_CODE, reads="configured", of=("from_object", "from_mapping", "Flask", "secret_key"))
def configured(setting: Configured) -> Iterator[Judged]:
    """``app.secret_key = "dev"``: the last word counts."""
    if setting.name != "SECRET_KEY":
        return
    constant = literal(setting.written)
    if not setting.value.consts:
        yield Judged("SECRET_KEY")
        return
    text = setting.value.constant
    weak = weakness_of(text) if isinstance(text, (str, bytes)) else None
    words = "the secret key is written into the code" + (", and is weak" if weak else "")
    if isinstance(text, (str, bytes)) and text:
        node = masked(constant or setting.written, "SECRET_KEY")
        match = setting.match(
            words, node=node, source=setting.origin, severity=Severity.MEDIUM if weak and len(text) < 12 else None
        )
        yield Judged("SECRET_KEY", match)


@checks(KEY_IN_CODE, reads="call", of=("os.getenv", "os.environ.get"))
def key_fallback(call: Call) -> Iterator[Match]:
    """``os.getenv("SECRET_KEY", "...")``."""
    name = call.arg(0, "key")
    constant = literal(second_argument(call.node))
    if (
        name is None
        or constant is None
        or not any(text.endswith("SECRET_KEY") for text in name.texts())
        or not constant.value
    ):
        return
    weak = weakness_of(constant.value) is not None
    yield hidden_match(
        call,
        constant,
        "SECRET_KEY",
        "the secret key has a fallback that is written into the code",
        severity=Severity.MEDIUM if weak else None,
    )
