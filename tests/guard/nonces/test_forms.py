"""Where a form sends to, as browsers resolve URLs."""

from __future__ import annotations

import time

import pytest

from flask_garrison.guard.nonces.forms import EDGE, field, form_actions, stays

ORIGIN = "https://shop.test"
HERE = [
    b"",
    b"/buy",
    b"buy?x=//evil.test",
    b"#a",
    b"?a",
    b"./a:b",
    b"//shop.test/x",
    b"HTTPS://SHOP.test/",
    b"https://shop.test:443/x",
    b" \n/x ",
    b"/a&#47;b",
    b"\xff",
]
ELSEWHERE = [
    b"//evil.test",
    b"https://evil.test/",
    b"http://shop.test/",
    b"https://shop.test:8443/",
    b"https://shop.test@evil.test/",
    b"https://evil.test\\@shop.test/",
    b"\\\\evil.test",
    b"/\\evil.test",
    b"\\/evil.test",
    b"\t/\n/evil.test",
    b"\x01//evil.test",
    b"\x00 //evil.test",
    b"/\t/evil.test",
    b"&#47;&sol;evil.test",
    b"&Tab;//evil.test",
    b"///evil.test",
    b"https:evil.test",
    b"https:/x",
    b"https:///evil.test",
    b"javascript:alert(1)",
    b"java\nscript:alert(1)",
    b"data:text/html,x",
    b"mailto:a@b",
    b"https://[x/",
    b"https://shop.test:x/",
    b"https://shop.test.evil.test/",
]


@pytest.mark.parametrize("action", HERE)
def test_here(action: bytes) -> None:
    assert stays(action, ORIGIN)


@pytest.mark.parametrize("action", ELSEWHERE)
def test_elsewhere_or_in_doubt(action: bytes) -> None:
    assert not stays(action, ORIGIN)


def test_the_port_counts() -> None:
    assert stays(b"http://127.0.0.1:5000/x", "http://127.0.0.1:5000")
    assert not stays(b"http://127.0.0.1:5001/x", "http://127.0.0.1:5000")
    assert not stays(b"https://x/", "")


def test_actions_of_buttons() -> None:
    controls = (
        b"<button formaction=a><input x='y'formaction = 'b'><p data-formaction=c title='formaction=d'FORMACTION=\"e\">"
    )
    assert set(form_actions(controls)) >= {b"a", b"b", b"e"}
    assert list(form_actions(b"<button formaction>")) == []


def test_where_the_controls_end() -> None:
    found = EDGE.search(b"<formula></FORM\n>")
    assert found is not None
    assert found.start() == 9


def test_the_field_is_escaped() -> None:
    assert field('"<', xml=True) == b'<input type="hidden" name="_garrison_csrf" value="&#34;&lt;"/>'


@pytest.mark.parametrize("unit", [b"/formaction=a", b" formaction='", b" formaction=\"'", b"formaction", b"</form"])
def test_hostile_controls_take_linear_time(unit: bytes) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        assert sum(1 for _ in form_actions(unit * count)) <= count
        EDGE.search(unit * count)
        return time.process_time() - start

    small, large = (min(seconds(count) for _ in range(3)) for count in (2_000, 32_000))
    # Sixteen times the input: linear is 16, quadratic is 256.
    assert large < 120 * max(small, 0.0005)
