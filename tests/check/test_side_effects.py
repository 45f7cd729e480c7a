"""Which views a GET must not reach."""

from __future__ import annotations

import pytest

from flask_garrison.check.side_effects import SideEffects
from flask_garrison.target.choices import Choices

GET = {"GET", "HEAD", "OPTIONS"}


def forbids(rule: str, endpoint: str = "view", methods: set[str] = GET, **choices: tuple[str, ...]) -> bool:
    return SideEffects(Choices(**choices)).forbids(rule, endpoint, methods)


@pytest.mark.parametrize(
    ("rule", "endpoint"),
    [
        ("/logout", "view"),
        ("/log-out", "view"),
        ("/auth/sign_out", "view"),
        ("/bye", "auth.logout"),
        ("/bye", "signOut"),
        ("/items/<int:n>/delete", "view"),
        ("/items/<int:n>", "delete_item"),
        ("/api/v1/removeItem", "view"),
        ("/Unsubscribe/<token>", "view"),
        ("/newsletter/send", "view"),
        ("/jobs/<job>/start", "view"),
        ("/cache/flush", "view"),
        ("/server/shut-down", "view"),
    ],
)
def test_what_looks_like_an_act_is_not_called(rule: str, endpoint: str) -> None:
    assert forbids(rule, endpoint)


@pytest.mark.parametrize(
    ("rule", "endpoint"),
    [
        ("/", "index"),
        ("/items/<delete>", "item"),
        ("/getting-started", "docs"),
        ("/running", "page"),
        ("/deleted", "deleted_items"),
        ("/sender", "sender"),
        ("/payments", "payments"),
    ],
)
def test_what_only_sounds_like_one_is(rule: str, endpoint: str) -> None:
    assert not forbids(rule, endpoint)


def test_a_form_for_an_act_is_called_unless_the_act_is_final() -> None:
    both = GET | {"POST"}
    assert not forbids("/password/reset", methods=both)
    assert forbids("/password/reset")
    assert forbids("/account/delete", methods=both)


def test_the_project_decides() -> None:
    assert not forbids("/logout", "auth.logout", include=("/logout",))
    assert not forbids("/logout", "auth.logout", include=("auth.*",))
    assert forbids("/report", "report", skip=("/rep*",))
    assert forbids("/report", "report", skip=("report",), include=("/report",))


def test_a_pattern_that_means_nothing_is_named() -> None:
    effects = SideEffects(Choices(skip=("/about",), include=("/logut",)))
    assert effects.problems([("/logout", "logout"), ("/about", "about")]) == [
        "[target] include: no route or endpoint matches '/logut'. Did you mean '/logout'?"
    ]
