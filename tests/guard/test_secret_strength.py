"""What a key shows of itself: placeholders, known keys and patterns are weak, what a generator made never is."""

from __future__ import annotations

import base64
import secrets
import string
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.known_keys import KNOWN
from flask_garrison.guard.secret_strength import flaws_of, weakness_of

PLACEHOLDERS = (
    "dev",
    "secret",
    "development key",
    "your secret key",
    "your-secret-key-here",
    "my super secret key",
    "mysupersecretkey123!",
    "super_secret_key_change_me_in_production",
    "SuperSecretFlaskKey2024",
    "CHANGE-ME-please-1234567890",
    "this is a secret key for testing only",
    "thisisasecretkey12345",
    "a-long-random-string",
    "Replace this with a strong random value",
    "s3cr3t-k3y-f0r-my-4pp",
    "P@ssw0rd-P@ssw0rd-P@ssw0rd",
    "flask-insecure-default-secret-key",
)
PATTERNS = (
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "abababababababababababababababab",
    "0123456789abcdef0123456789abcdef",
    "0123456789abcdef",
    "1234567890123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "deadbeefdeadbeefdeadbeefdeadbeef",
    "xyzzy!xyzzy!xyzzy!xyzzy!",
    bytes(32),
    bytes(range(5)) * 8,
)
STRONG = (
    "a key for tests only, long enough to sign with",
    "correct horse battery staple",
    "Blaue Tuerme rosten im Regen von Lissabon",
    "синий фонарь над старой гаванью",
    "0f5b1f8f6f1a4a9c8f6c",
    "550e8400-e29b-41d4-a716-446655440000",
    # Random bytes whose only letters happen to be words.
    b"\x05i\x1a\x07}\xae\x87\xa3\x04\xbc^\xbc 4\x01\x94",
    b'\x80\x1b\x96.` ITo^\xa6\x8d\x94\x8c5"',
    bytearray(b"\x9c\x11\x80\xee\x00\x42\x17\xa5\xfe\x31\x8b\x60\x0d\xc4\x77\x29"),
)


@pytest.mark.parametrize("key", PLACEHOLDERS)
def test_telltale_words_alone_are_a_placeholder(key: str) -> None:
    assert "placeholder" in (weakness_of(key) or "")
    assert "placeholder" in (weakness_of(key.encode()) or "")


@pytest.mark.parametrize(("key", "source"), KNOWN)
def test_a_published_key_is_known_however_it_is_written(key: str, source: str) -> None:
    for written in (key, key.encode(), key.encode("latin-1"), f" {key}\n"):
        problem = weakness_of(written)
        assert problem is not None and source in problem


@pytest.mark.parametrize("key", PATTERNS)
def test_repetition_and_sequences_are_weak(key: str | bytes) -> None:
    assert weakness_of(key) in ("has fewer than 6 different characters", "repeats itself or follows a sequence")


@pytest.mark.parametrize("key", ["k9$Lq2!vR7@xW4z", b"\x9c\x11\x80\xee\x00\x42", "ü9"])
def test_fewer_than_sixteen_bytes_are_too_short(key: str | bytes) -> None:
    assert weakness_of(key) == "is shorter than 16 bytes"


@pytest.mark.parametrize("key", STRONG)
def test_unusual_keys_pass(key: object) -> None:
    assert weakness_of(key) is None


@pytest.mark.parametrize("key", [42, ["a"], 3.5, object()])
def test_what_cannot_be_a_key_is_weak(key: object) -> None:
    assert weakness_of(key) == "is neither text nor bytes"


@given(st.integers(16, 64).flatmap(lambda size: st.randoms(use_true_random=True).map(lambda rng: rng.randbytes(size))))
def test_random_keys_are_never_weak(raw: bytes) -> None:
    written = [raw, raw.hex(), raw.hex().upper(), base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw)]
    written += [str(uuid.UUID(bytes=raw[:16], version=4)), uuid.UUID(bytes=raw[:16], version=4).hex]
    assert [weakness_of(key) for key in written] == [None] * len(written)


def test_generators_of_people_are_never_weak() -> None:
    letters = string.ascii_letters + string.digits + string.punctuation
    for _ in range(300):
        for key in (
            secrets.token_hex(16),
            secrets.token_urlsafe(16),
            "".join(secrets.choice(letters) for _ in range(16)),
            "".join(secrets.choice(string.ascii_lowercase) for _ in range(24)),
        ):
            assert weakness_of(key) is None, key


def test_two_letters_among_signs_are_no_words() -> None:
    assert weakness_of("9\\%9=O%#!<f:,,.<") is None


@pytest.mark.parametrize(
    "key",
    [
        "**********secret**********",
        "<<< your secret key here >>>",
        "--- replace-me ---",
        "!!!!!!!!!!!!!secret-key",
        "c-h-a-n-g-e-m-e",
    ],
)
def test_lines_drawn_around_words_hide_none(key: str) -> None:
    assert "placeholder" in str(weakness_of(key))


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_key_is_judged_in_words_that_do_not_hold_it(key: str | bytes) -> None:
    problem = weakness_of(key)
    if problem is not None and len(key) > 8:
        assert (key if isinstance(key, str) else key.decode("latin-1")) not in problem


def test_a_very_long_key_is_judged_at_once() -> None:
    assert weakness_of("secret" * 2_000) is not None
    assert weakness_of("sécret" * 2_000) is not None


@pytest.mark.parametrize(
    ("config", "sessions", "settings"),
    [
        ({"SECRET_KEY": None}, True, ["SECRET_KEY"]),
        ({"SECRET_KEY": ""}, True, ["SECRET_KEY"]),
        ({}, True, ["SECRET_KEY"]),
        ({}, False, []),
        ({"SECRET_KEY": "dev"}, False, ["SECRET_KEY"]),
        (
            {"SECRET_KEY": STRONG[0], "SECRET_KEY_FALLBACKS": [STRONG[1], "dev", ""]},
            True,
            ["SECRET_KEY_FALLBACKS[1]", "SECRET_KEY_FALLBACKS[2]"],
        ),
        ({"SECRET_KEY": STRONG[0], "SECRET_KEY_FALLBACKS": STRONG[1]}, True, ["SECRET_KEY_FALLBACKS"]),
        ({"SECRET_KEY": STRONG[0], "SECRET_KEY_FALLBACKS": None}, True, []),
    ],
)
def test_every_key_of_the_configuration_is_judged(
    config: dict[str, object], sessions: bool, settings: list[str]
) -> None:
    assert [flaw.setting for flaw in flaws_of(config, sessions=sessions)] == settings
