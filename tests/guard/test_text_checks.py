"""What is wrong with text, judged as it is sent and judged as it is read."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.text_checks import NOT_UTF8, NUL, wrong_in_name, wrong_in_pairs

PIECES = [
    "a",
    "=",
    "&",
    "+",
    "%",
    "%4",
    "%41",
    "%7e",
    "%7f",
    "%7F",
    "%7",
    "%0a",
    "%00",
    "%1f",
    "%2",
    "%c3%a9",
    "%ff",
    "é",
]
PIECES += ["\n", "\x00", "\x7f", "%zz", "%25", "%250a"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(lambda pieces: "".join(pieces).encode()))
def test_pairs_are_judged_by_what_they_decode_to(encoded: bytes) -> None:
    names = [unquote_to_bytes(pair.partition(b"=")[0]) for pair in encoded.split(b"&")]
    raw = unquote_to_bytes(encoded)
    found = wrong_in_pairs(encoded)
    if b"\0" in raw:
        assert found == NUL
        return
    try:
        raw.decode()
    except UnicodeDecodeError:
        assert found == NOT_UTF8
        return
    assert found == next(filter(None, (wrong_in_name(name.decode()) for name in names)), None)
