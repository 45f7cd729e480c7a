"""Encryption that hides less than it seems to."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.value import Value
from ...rule import Match, Rule, checks

WEAK_CIPHER = Rule(
    id="database.weak-cipher",
    kind="code",
    control="database.sensitive-columns",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(327,),
    asvs=("V11.3.1", "V11.3.2"),
    title="A cipher or a mode is used that is broken",
    why="ECB encrypts equal blocks to equal blocks, so the pattern of the data stays. DES, RC4 and their kind are "
    "broken "
    "or have blocks so short that they repeat.",
    fix="Use AES-GCM or ChaCha20-Poly1305 (cryptography's AESGCM, ChaCha20Poly1305), or Fernet where that is enough.",
    before="Cipher(algorithms.AES(key), modes.ECB())",
    after="AESGCM(key).encrypt(os.urandom(12), data, None)",
    guard="Nothing: what the application encrypts is its own.",
    language="python",
)

STATIC_NONCE = Rule(
    id="database.static-nonce",
    kind="code",
    control="database.sensitive-columns",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(323, 329, 1204),
    asvs=("V11.3.4",),
    title="A nonce or an initialisation vector is always the same",
    why="Two texts under one key and one nonce tell their difference, and with GCM the key of the authentication.",
    fix="Make a new one for each message, os.urandom(12), and keep it with the ciphertext.",
    before='AESGCM(key).encrypt(b"\\x00" * 12, data, None)',
    after="nonce = os.urandom(12); AESGCM(key).encrypt(nonce, data, None)",
    guard="Nothing: what the application encrypts is its own.",
    language="python",
)

SHORT_KEY = Rule(
    id="database.short-key",
    kind="code",
    control="database.sensitive-columns",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(326, 321),
    asvs=("V11.2.3",),
    title="A key is short, or stands in the code",
    why="RSA keys below 2048 bits and curves below 224 can be computed with the means of today. A key that stands in "
    "the "
    "code is known to everybody who has seen it.",
    fix="rsa.generate_private_key(65537, 3072), ec.SECP256R1(); keys of AES from os.urandom(32), kept outside of the "
    "code.",
    before="rsa.generate_private_key(65537, 1024)",
    after="rsa.generate_private_key(65537, 3072)",
    guard="Nothing: what the application encrypts is its own.",
    language="python",
)

_P = "cryptography.hazmat.primitives.ciphers"
_BROKEN = ("ARC4", "TripleDES", "Blowfish", "IDEA", "SEED", "CAST5", "RC2", "DES")
_OLD_MODULES = tuple(
    f"{library}.Cipher.{name}.new"
    for library in ("Crypto", "Cryptodome")
    for name in ("DES", "DES3", "ARC2", "ARC4", "Blowfish", "CAST", "XOR")
)
_AES = ("Crypto.Cipher.AES.new", "Cryptodome.Cipher.AES.new")
_CIPHER = (f"{_P}.Cipher", f"{_P}.base.Cipher")


@checks(WEAK_CIPHER, reads="call", of=_CIPHER)
def cipher(call: Call) -> Iterator[Match]:
    """Find a broken algorithm or ECB in cryptography's ciphers."""
    algorithm, mode = call.arg(0, "algorithm"), call.arg(1, "mode")
    if algorithm is not None and _class(algorithm) in _BROKEN:
        yield call.match(f"{_class(algorithm)} is broken")
    elif mode is not None and _class(mode) == "ECB":
        yield call.match("ECB leaves the pattern of the data in sight")


def _class(value: Value) -> str:
    return value.path.removesuffix("()").rpartition(".")[2]


@checks(WEAK_CIPHER, reads="call", of=_OLD_MODULES)
def old_module(call: Call) -> Iterator[Match]:
    """Find a broken algorithm of PyCryptodome."""
    yield call.match(f"{call.path.split('.')[2]} is broken")


@checks(WEAK_CIPHER, reads="call", of=_AES)
def aes_ecb(call: Call) -> Iterator[Match]:
    """Find AES in ECB mode."""
    mode = call.arg(1, "mode")
    if mode is not None and (mode.path.endswith("MODE_ECB") or mode.is_only(1)):
        yield call.match("ECB leaves the pattern of the data in sight")


_MODES = tuple(f"{_P}.modes.{name}" for name in ("CBC", "CTR", "GCM", "OFB", "CFB", "CFB8"))
_AEADS = tuple(
    f"{_P}.aead.{name}().encrypt" for name in ("AESGCM", "ChaCha20Poly1305", "AESCCM", "AESOCB3", "AESGCMSIV")
)


@checks(
    STATIC_NONCE,
    reads="call",
    of=(*_MODES, *_AEADS, *_AES, "Crypto.Cipher.ChaCha20.new", "Crypto.Cipher.ChaCha20_Poly1305.new"),
)
def static_nonce(call: Call) -> Iterator[Match]:
    """Find a constant where a nonce belongs."""
    first = 0 if call.path in (*_MODES, *_AEADS) else None
    nonce = call.arg(first, "nonce", "iv", "initialization_vector", "IV", "initial_value")
    if nonce is None and call.path in _AES and len(call.args) > 2:
        nonce = call.args[2]
    if nonce is not None and nonce.consts and all(isinstance(item, (bytes, str)) and item for item in nonce.consts):
        yield call.match("the nonce is a constant of the code")


_ASYMMETRIC = "cryptography.hazmat.primitives.asymmetric"
_GENERATORS = (
    *(
        f"{_ASYMMETRIC}.{name}"
        for name in ("rsa.generate_private_key", "dsa.generate_private_key", "dh.generate_parameters")
    ),
    *(
        "Crypto.PublicKey.RSA.generate",
        "Cryptodome.PublicKey.RSA.generate",
        "Crypto.PublicKey.DSA.generate",
        "rsa.newkeys",
    ),
)
_CURVES = tuple(f"{_ASYMMETRIC}.ec.{name}" for name in ("SECP192R1", "SECT163K1", "SECT163R2", "BrainpoolP160R1"))


@checks(SHORT_KEY, reads="call", of=_GENERATORS)
def short_key(call: Call) -> Iterator[Match]:
    """Find a short key of RSA, DSA or Diffie-Hellman."""
    asymmetric = call.path.startswith("cryptography.") and not call.path.endswith("dsa.generate_private_key")
    size = call.arg(1 if asymmetric else 0, "key_size", "bits", "nbits")
    if size is not None and size.known and isinstance(size.constant, int) and size.constant < 2048:
        yield call.match(f"a key of {size.constant} bits is too short")


@checks(SHORT_KEY, reads="call", of=_CURVES)
def short_curve(call: Call) -> Iterator[Match]:
    """Find a short curve."""
    yield call.match(f"{call.name} is too short a curve")


_KEYED = (
    *(f"{_P}.algorithms.{name}" for name in ("AES", "AES128", "AES256", "ChaCha20")),
    *(path.removesuffix("().encrypt") for path in _AEADS),
    *_AES,
    "cryptography.fernet.Fernet",
)


@checks(SHORT_KEY, reads="call", of=_KEYED)
def key_in_code(call: Call) -> Iterator[Match]:
    """Find a key that is a constant."""
    key = call.arg(0, "key")
    if key is not None and key.known and isinstance(key.constant, (bytes, str)) and len(key.constant) >= 8:
        yield call.match("the key stands in the code", severity=Severity.HIGH)
