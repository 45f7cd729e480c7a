"""Markers on the way out: what gets a nonce, what a token field, and what never does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flask_garrison.guard.nonces import unsealer as module
from flask_garrison.guard.nonces.marker import Sealer, insert
from flask_garrison.guard.nonces.unsealer import Unsealer

from .support import SECRET

DECOY = b' data-garrison="<script"'


class FakeAnswer:
    """An answer with a nonce, a token and an origin; counts how often the token was read."""

    nonce = "N"
    origin = "https://shop.test"

    def __init__(self, token: str | None = None) -> None:
        self._token = token
        self.asked = 0

    @property
    def gives_tokens(self) -> bool:
        return self._token is not None

    @property
    def token(self) -> str | None:
        self.asked += 1
        return self._token


def make_sealer(secret: str | None = SECRET, fallbacks: list[str] | None = None) -> Sealer:
    app = Flask("shop")
    app.secret_key = secret
    app.config["SECRET_KEY_FALLBACKS"] = fallbacks
    return Sealer(app)


SEALER = make_sealer()


def seal(element: bytes, covered: int | None = None, sealer: Sealer = SEALER) -> bytes:
    """Return ``element`` with the marker that covers its first ``covered`` bytes (for scripts: up to ``</``)."""
    name = element[1:].split(b" ")[0].split(b">")[0].decode().lower()
    if covered is None:
        covered = element.rindex(b"</") if name in ("script", "style") else element.index(b">") + 1
    return insert(element, name, sealer.mac(element[:covered]))


def unseal(body: bytes, answer: FakeAnswer | None = None, *, xml: bool = False, sealer: Sealer = SEALER) -> bytes:
    return Unsealer(sealer, answer or FakeAnswer(), xml=xml).feed(body, final=True)


def in_chunks(body: bytes, sizes: list[int], answer: FakeAnswer | None = None) -> bytes:
    unsealer, sent, position = Unsealer(SEALER, answer or FakeAnswer()), b"", 0
    for size in sizes:
        sent += unsealer.feed(body[position : position + size])
        position += size
    return sent + unsealer.feed(body[position:]) + unsealer.feed(b"", final=True)


INLINE = seal(b"<script>go()</script>")
SOURCE = seal(b'<script src="/a.js"></script>')
STYLE = seal(b"<style>a{}</style>")
LINK = seal(b"<link rel=preload href=a>")
QUOTED = seal(b'<script>var q="&#34;;alert(1)//"</script>')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", b""),
        (b"<p>", b"<p>"),
        (INLINE, b'<script nonce="N">go()</script>'),
        (b"a" + INLINE + b"b" + SOURCE, b'a<script nonce="N">go()</script>b<script nonce="N" src="/a.js"></script>'),
        (STYLE, b'<style nonce="N">a{}</style>'),
        (LINK, b"<link" + DECOY + b' nonce="N" rel=preload href=a>'),
        (INLINE.replace(b"</script>", b"</SCRIPT\n x>"), b'<script nonce="N">go()</SCRIPT\n x>'),
        (INLINE.replace(b"<", b"&lt;"), b"&lt;script>go()&lt;/script>"),
        (
            seal(b"<script>\n  a\n\tb</script>").replace(b"\n", b"\n    "),
            b'<script nonce="N">\n      a\n    \tb</script>',
        ),
        (seal(b"<script>\r\na</script>"), b'<script nonce="N">\r\na</script>'),
        (seal(b"<script>\r\na</script>").replace(b"\r", b""), b'<script nonce="N">\na</script>'),
        # The content ends where a browser ends it.
        (seal(b"<script><!--<script></script>--></script>"), b'<script nonce="N"><!--<script></script>--></script>'),
        (seal(b"<script>'" + INLINE[:-9] + b"'</script>"), b'<script nonce="N">\'' + INLINE[:-9] + b"'</script>"),
    ],
)
def test_verified(body: bytes, expected: bytes) -> None:
    assert unseal(body) == expected


MARK = INLINE[7 : INLINE.index(b">")]
SOURCE_MARK = SOURCE[7 : SOURCE.index(b" src")]


@pytest.mark.parametrize(
    "body",
    [
        b"<script" + MARK + b">alert(1)</script>",
        b"<script" + MARK + b">go() </script>",
        b"<script" + MARK + b">go()",
        b"<script" + MARK + b">go()</script",
        b"<script" + MARK + b" src=//evil></script>",
        b"<script" + MARK + b"/>go()</script>",
        b"<script" + MARK + b" nonce=x>go()</script>",
        b"<script x" + MARK + b">go()</script>",
        b"<script\t" + MARK[1:] + b">go()</script>",
        b"<script " + MARK + b">go()</script>",
        b"<script" + MARK.upper() + b">go()</script>",
        b"<SCRIPT" + MARK + b">go()</SCRIPT>",
        b"<script" + MARK + b">go()\0</script>",
        b"<script" + MARK + b">go()<!--<script></script>",
        b"<style" + MARK + b">go()</style>",
        b"<link" + MARK + b">",
        b"<p" + MARK + b">",
        b"<script" + SOURCE_MARK + b' src="/b.js"></script>',
        b"<script" + SOURCE_MARK + b' src="/a.js" src=//evil></script>',
        b"<script" + SOURCE_MARK + b' src=//evil src="/a.js"></script>',
        # <svg> ignores src and runs the content.
        b"<svg><script" + SOURCE_MARK + b' src="/a.js">alert(1)</script>',
        b"<script" + SOURCE_MARK + b' src="/a.js"\n></script>',
        b"<script nonce=garrison-seal-1." + b"0" * 32 + b">go()</script>",
        b"<script nonce=garrison-seal-1.0>go()</script>",
        b"nonce=garrison-seal-1." * 3,
        b"=garrison-seal-1.",
        seal(b"<script>go()</script>", sealer=make_sealer("another")),
        # Under srcdoc a browser decodes the references.
        b"<iframe SRCDOC='" + QUOTED,
    ],
)
def test_worthless(body: bytes) -> None:
    assert unseal(body) == body


def test_what_did_not_verify_is_counted() -> None:
    unsealer = Unsealer(SEALER, FakeAnswer())
    sent = unsealer.feed(INLINE.replace(b"go", b"no") + STYLE + LINK.replace(b"href", b"ref"), final=True)
    assert (sent.count(b'nonce="N"'), unsealer.refused) == (1, ["script", "link"])


def test_keys_of_former_days_verify_and_random_ones_last_as_long_as_the_process() -> None:
    old, new = make_sealer("old"), make_sealer("new", ["older", "old"])
    body = seal(b"<script>go()</script>", sealer=old)
    assert unseal(body, sealer=new) == b'<script nonce="N">go()</script>'
    assert unseal(seal(b"<script>go()</script>", sealer=new), sealer=old) != b'<script nonce="N">go()</script>'
    keyless = make_sealer(None)
    body = seal(b"<script>go()</script>", sealer=keyless)
    assert unseal(body, sealer=keyless) == b'<script nonce="N">go()</script>'
    assert unseal(body, sealer=make_sealer(None)) == body


def test_a_pin_is_good_for_its_answer_only() -> None:
    tag = insert(b"<script>", "script", SEALER.pin("N"))
    other = insert(b"<script>", "script", SEALER.pin("M"))
    assert unseal(tag + b"x") == b'<script nonce="N">x'
    assert unseal(other + b"x</script>") == other + b"x</script>"


def test_references_of_quotes_stay_references() -> None:
    expected = b'<head><script nonce="N">var q="&#34;;alert(1)//"</script>'
    assert unseal(QUOTED) == expected
    assert unseal(QUOTED + b"<iframe srcdoc=''>") == expected + b"<iframe srcdoc=''>"
    assert unseal(QUOTED, xml=True) == QUOTED
    assert in_chunks(b"<iframe srcdoc='" + QUOTED, [3, 8, 40]) == b"<iframe srcdoc='" + QUOTED
    assert in_chunks(b"<i " + QUOTED, [1, 2, 40]) == b"<i " + expected


FORM = b'<form method="post" action="/buy">'
FIELD = b'<input type="hidden" name="_garrison_csrf" value="T">'


@pytest.mark.parametrize(
    ("form", "rest", "field"),
    [
        (FORM, b"</form>", True),
        (b"<form method=POST>", b"", True),
        (b'<form method=post action="https://shop.test:443/x">', b"", True),
        (b"<form method=post action=//shop.test/x>", b"", True),
        (b"<form method=post action=' /x?a=//evil.test'>", b"", True),
        (FORM, b"<button formaction=/sell></form><button formaction=//evil.test>", True),
        (b"<form method=post action=//evil.test>", b"", False),
        (b"<form method=post action='https://evil.test/'>", b"", False),
        (b"<form method=post action='http://shop.test/'>", b"", False),
        (b"<form method=post action='https://shop.test:8443/'>", b"", False),
        (b"<form method=post action='https://shop.test@evil.test/'>", b"", False),
        (b"<form method=post action='\\\\evil.test'>", b"", False),
        (b"<form method=post action='/\\evil.test'>", b"", False),
        (b"<form method=post action='\t/\n/evil.test'>", b"", False),
        (b"<form method=post action='\x01//evil.test'>", b"", False),
        (b"<form method=post action='&#47;&sol;evil.test'>", b"", False),
        (b"<form method=post action='///evil.test'>", b"", False),
        (b"<form method=post action='https:evil.test'>", b"", False),
        (b"<form method=post action='https:///evil.test'>", b"", False),
        (b"<form method=post action='javascript:alert(1)'>", b"", False),
        (b"<form method=post action='java\nscript:alert(1)'>", b"", False),
        (b"<form method=post action='https://[x/'>", b"", False),
        (FORM, b'<button name=a formaction="//evil.test">', False),
        (FORM, b"<input type=submit value='x'formaction=//evil.test>", False),
        (FORM, b"<button FORMACTION = '\\\\evil.test'></form>", False),
    ],
)
def test_token_fields(form: bytes, rest: bytes, field: bool) -> None:
    body = seal(form) + b"<p>" + rest
    assert unseal(body, FakeAnswer("T")) == form + (FIELD if field else b"") + b"<p>" + rest


def test_no_token_no_field() -> None:
    assert unseal(seal(FORM)) == FORM
    assert unseal(seal(FORM), FakeAnswer("T"), xml=True) == FORM + FIELD[:-1] + b"/>"


def test_the_token_is_asked_for_only_when_an_authors_form_needs_it() -> None:
    forged = seal(FORM).replace(b"/buy", b"/win")
    answer = FakeAnswer("T")
    assert unseal(b"<form method=post>" + seal(b"<form method=get>") + forged, answer) == (
        b"<form method=post><form method=get>" + forged
    )
    assert answer.asked == 0


TEXTS = b"</form>|<button formaction=//x>|<p>|<script|>|go()|</script>|srcdoc='|&lt;script|\n  |=garrison-seal-1."
PIECES = st.sampled_from([INLINE, SOURCE, STYLE, LINK, QUOTED, seal(FORM), MARK, SOURCE_MARK, *TEXTS.split(b"|")])
BODIES = st.lists(PIECES, max_size=12).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(BODIES, st.lists(st.integers(0, 60), max_size=30))
def test_chunks_change_nothing(body: bytes, sizes: list[int]) -> None:
    assert in_chunks(body, sizes, FakeAnswer("T")) == unseal(body, FakeAnswer("T"))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([INLINE, SOURCE, STYLE, LINK]), st.data())
def test_no_tampered_copy_verifies(element: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(element) - 1))
    insertion = data.draw(st.binary(max_size=3))
    removed = data.draw(st.integers(0, 3))
    tampered = element[:at] + insertion + element[at + removed :]
    covered = element.rindex(b"</") if b"</" in element else len(element)
    assume(not tampered.startswith(element[:covered]))
    result = unseal(tampered)
    if b'nonce="N"' in result:
        # Only what JavaScript and CSS cannot tell from the original may still verify.
        assert tampered.split() == element.split() or tampered.endswith(element)


def test_a_stream_holds_back_no_more_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    unsealer = Unsealer(SEALER, FakeAnswer())
    assert unsealer.feed(b"<p>now") == b"<p>now"
    assert unsealer.feed(b"a<scr") == b"a"
    assert unsealer.feed(b"ipt n") == b""
    assert unsealer.feed(b"o>") == b"<script no>"
    monkeypatch.setattr(module, "MAX_HELD", 100)
    endless = INLINE[:-9]
    assert unsealer.feed(endless) == b""
    assert unsealer.feed(b"y" * 200) == endless + b"y" * 200
    assert unsealer.feed(b"</script>", final=True) == b"</script>"


@pytest.mark.parametrize(
    "unit", [INLINE[:-9], SOURCE, seal(FORM), QUOTED, b"<", b"=garrison-seal-1.", b"&lt;script" + MARK]
)
def test_hostile_bodies_take_linear_time(unit: bytes) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        body = unit * count
        unseal(body, FakeAnswer("T"))
        in_chunks(body, [7] * (len(body) // 7), FakeAnswer("T"))
        return time.process_time() - start

    small, large = (min(seconds(count) for _ in range(2)) for count in (60, 960))
    # Sixteen times the input: linear is 16, quadratic is 256.
    assert large < 120 * max(small, 0.001)


@pytest.mark.parametrize("end", [b"", b"</script></style>", b">"])
@pytest.mark.parametrize(
    "unit",
    [
        b"<script nonce=garrison-seal-1.%b>" % (b"a" * 32),
        b"<style nonce=garrison-seal-1.%b>" % (b"a" * 32),
        b"<link nonce=garrison-seal-1.%b " % (b"a" * 32),
        b"<form data-garrison=garrison-seal-1.%b method=post " % (b"a" * 32),
        b"<form data-garrison=garrison-seal-1.%b " % (b"a" * 32),
    ],
)
def test_markers_that_do_not_verify_are_read_up_to_a_limit(
    unit: bytes, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them seems to go on to the end: read whole, a body of 200 kB would take seconds."""
    read = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def read_counted(data: bytes, position: int) -> Any:
            nonlocal read
            found = real(data, position)
            read += (getattr(found, "end", None) or len(data)) - position
            return found

        return read_counted

    monkeypatch.setattr(module, "MAX_WASTED", 20_000)
    for name in ("read_element", "read_tag"):
        monkeypatch.setattr(module, name, counted(getattr(module, name)))
    body = unit * 200 + end
    assert unseal(body, FakeAnswer("T")).count(b"nonce=garrison") == body.count(b"nonce=garrison")
    assert read <= 20_000 + len(body)


def test_one_large_element_that_does_not_verify_takes_nothing_from_the_others() -> None:
    stale = b"<script nonce=garrison-seal-1.%b>%b</script>" % (b"a" * 32, b"x" * 1_000_000)
    assert unseal(stale + INLINE) == stale + unseal(INLINE)
