"""The table says the same in rich and in plain text, and nothing from a client becomes markup."""

from __future__ import annotations

import io

import pytest

from flask_garrison.demo import table
from flask_garrison.demo.results import DemoResult, Outcome, Row
from flask_garrison.events import SecurityEvent

EVENT = SecurityEvent(
    event="malicious_cors:[red]http://evil.example[/red]",
    control="inputs.csrf",
    outcome="refused",
    app="notes",
)
RESULT = DemoResult(
    attacks=(
        Row("post", "Post", Outcome(True, "a -> b"), Outcome(False, "unchanged", events=(EVENT,))),
        Row("page", "Page", Outcome(True, "shown"), Outcome(True, "shown too"), gap="assessment.error-pages"),
        Row("lost", "Lost", Outcome(True, "shown"), Outcome(False, "", error="TimeoutError: no page")),
    ),
    honest=(Row("own", "Own post", Outcome(True, "1 -> 2"), Outcome(False, "1 -> 1")),),
    browser="Chromium 1.2",
    seconds=3.4,
    events_file="/tmp/events.jsonl",
)
WORDS = (
    "SUCCEEDED",
    "a -> b",
    "stopped",
    "[red]http://evil.example[/red]",
    "assessment.error-pages is planned.",
    "could not be tried",
    "TimeoutError: no page",
    "BROKEN",
    "As it is:           3 of 3 attacks succeeded; 1 of 1 honest visits work.",
    "With Garrison(app): 1 of 3 attacks succeeded (Page: not in this version); 0 of 1 honest visits work.",
    "In Chromium 1.2; 3.4 seconds. Every event, whole: /tmp/events.jsonl",
)


def shown(monkeypatch: pytest.MonkeyPatch, *, rich: bool) -> str:
    if not rich:
        monkeypatch.setattr(table, "find_spec", lambda name: None)
    stream = io.StringIO()
    table.show(RESULT, stream)
    return stream.getvalue()


@pytest.mark.parametrize("rich", [True, False])
def test_everything_is_said(monkeypatch: pytest.MonkeyPatch, rich: bool) -> None:
    text = " ".join(shown(monkeypatch, rich=rich).replace("│", " ").split())
    for words in WORDS:
        assert " ".join(words.split()) in text


def test_plain_text_keeps_to_its_width() -> None:
    lines = table.plain(RESULT, 80).splitlines()
    assert max(map(len, lines)) <= 80


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_off_under_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rich")
    monkeypatch.setenv("TERM", "xterm-256color")
    for value, coloured in (("", True), ("1", False)):
        monkeypatch.setenv("NO_COLOR", value)
        stream = Terminal()
        table.show(RESULT, stream)
        assert ("\x1b[1;31m" in stream.getvalue()) is coloured
