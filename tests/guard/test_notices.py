"""What an operator should know is said once, in bounded memory, in words that are not redacted."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from flask_garrison.context import SecurityContext
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.notices import LIMIT, Notices
from flask_garrison.policy import Policy


def test_each_thing_is_new_once() -> None:
    notices = Notices("headers.cookies")
    assert notices.is_new("readable", "theme")
    assert not notices.is_new("readable", "theme")
    assert notices.is_new("readable", "other")
    assert notices.is_new("none", "theme")


def test_memory_is_bounded() -> None:
    notices = Notices("headers.cookies")
    assert sum(notices.is_new("readable", str(number)) for number in range(LIMIT * 2)) == LIMIT


def test_the_event_carries_words_and_line_as_they_are(app: Flask, seen: Callable[[], list[SecurityEvent]]) -> None:
    with app.test_request_context() as request_context:
        context = SecurityContext(app, Policy(), request_context.request)
        Notices("headers.cookies").say(context, "This cookie: weak.", name="theme", line='httponly_cookies=["theme"]')
    (event,) = seen()
    assert event.event.startswith("privilege_permissions_changed:")
    assert event.detail == {"name": "theme", "problem": "This cookie: weak.", "line": 'httponly_cookies=["theme"]'}
