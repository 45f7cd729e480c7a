"""What a policy asks to be sealed, and in which templates."""

from __future__ import annotations

import pytest

from flask_garrison import Policy
from flask_garrison.guard.html import read_tag
from flask_garrison.guard.nonces.plan import Plan, is_html, is_script_type


def plan(**settings: object) -> Plan:
    return Plan.of(Policy(**settings))  # type: ignore[arg-type]


def test_plans() -> None:
    assert plan()[:3] == (True, False, True)
    assert plan(style_nonces=True).styles
    off = plan(modes={"headers.csp": "off"}, style_nonces=True)
    assert off == Plan(scripts=False, styles=False, forms=True, calls=frozenset())
    assert plan(mode="off").empty
    assert not plan(mode="observe").empty


def test_the_salt_tells_plans_apart() -> None:
    plans = [plan(), plan(style_nonces=True), plan(nonce_calls=("a.b",)), plan(modes={"inputs.csrf": "off"})]
    assert len({one.salt for one in plans}) == len(plans)


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        (b"<script>", True),
        (b"<script nonce>", False),
        (b"<script data-x=nonce>", True),
        (b"<script type=text/plain>", False),
        (b"</script>", False),
        (b"<style>", False),
        (b"<link rel=preload>", True),
        (b"<link rel=preload nonce=x>", False),
        (b"<link>", False),
        (b"<form method=post>", True),
        (b"<form method=put>", True),
        (b"<form method=post data-garrison=x>", False),
        (b"<form>", False),
        (b"<p>", False),
    ],
)
def test_wanted(tag: bytes, wanted: bool) -> None:
    found = read_tag(tag)
    assert found is not None
    assert plan().wants(found) is wanted


@pytest.mark.parametrize(
    "value", [b"", b" ", b"module", b"Text/JavaScript", b"text/javascript;charset=utf-8", b"importmap"]
)
def test_types_that_run(value: bytes) -> None:
    assert is_script_type({"type": value})


@pytest.mark.parametrize("value", [b"text/template", b"application/json", b"application/ld+json", b"text/x-handlebars"])
def test_types_that_do_not(value: bytes) -> None:
    assert not is_script_type({"type": value})


@pytest.mark.parametrize(
    ("name", "html"),
    [
        (None, True),
        ("a", True),
        ("a.html", True),
        ("A.HTML.J2", True),
        ("x.y/a.htm", True),
        ("a.xhtml.jinja2", True),
        ("a.txt", False),
        ("a.html/b.js", False),
        ("a.html.txt", False),
        ("a.svg.jinja", False),
    ],
)
def test_names_of_html_templates(name: str | None, html: bool) -> None:
    assert is_html(name) is html
