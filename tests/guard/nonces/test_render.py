"""What compiled templates call."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from flask_garrison.guard.nonces import render
from flask_garrison.guard.nonces.render import Renderer

from .support import shop, short

SCRIPT = "<script>1</script>"


@pytest.fixture
def app() -> Flask:
    return shop()


@pytest.fixture
def renderer(app: Flask) -> Iterator[Renderer]:
    """Give the renderer of an app, inside a request of it that came through the gate."""
    found: list[Renderer] = []

    def view() -> str:
        found.append(app.jinja_env.garrison)  # type: ignore[attr-defined]
        return ""

    app.add_url_rule("/in", "in", view)
    with app.test_client() as client:
        client.get("/in")
        yield found[0]


def test_sealing_is_deterministic(renderer: Renderer) -> None:
    assert renderer.seal(SCRIPT) == renderer.seal(SCRIPT) == renderer.seal_fixed(SCRIPT)
    assert short(renderer.seal(SCRIPT + SCRIPT)) == "<script nonce=*>1</script>" + SCRIPT
    assert short(renderer.seal_all(f"a{SCRIPT}b{SCRIPT}")).count("nonce=*") == 2


@pytest.mark.parametrize("text", ["", "text", " <script>1</script>", "<script>1", "</script>", "<p>"])
def test_what_does_not_begin_with_an_element_is_unchanged(renderer: Renderer, text: str) -> None:
    assert renderer.seal(text) == text


def test_lone_surrogates_do_not_raise(renderer: Renderer) -> None:
    assert short(renderer.seal("<script>'\ud800'</script>")) == "<script nonce=*>'\ud800'</script>"


def test_muting_nests_and_stays_in_its_thread(renderer: Renderer) -> None:
    outer = renderer.mute()
    inner = renderer.mute()
    renderer.unmute(inner)
    assert renderer.seal(SCRIPT) == SCRIPT
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(render._muted.get).result() is False
    renderer.unmute(outer)
    assert renderer.seal(SCRIPT) != SCRIPT


def test_what_is_kept_of_fixed_text_is_bounded(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_MAX_FIXED", 2)
    for number in range(5):
        assert short(renderer.seal_fixed(f"<script>{number}</script>")) == f"<script nonce=*>{number}</script>"
    assert len(renderer._sealer.fixed()) <= 2


def test_outside_a_request_nothing_changes(app: Flask) -> None:
    renderer: Renderer = app.jinja_env.garrison  # type: ignore[attr-defined]
    for method in (renderer.seal, renderer.seal_fixed, renderer.seal_all, renderer.pin):
        assert method(SCRIPT) == SCRIPT
