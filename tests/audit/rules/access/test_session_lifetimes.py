"""Sessions that last for long are found; what Garrison ends in time is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, session

from flask_garrison import Garrison
from flask_garrison.audit.rules.access.session_lifetimes import spoken
from tests.audit.shorthand import titles
from tests.audit.support import make

IDLE = "access.long-idle-session"
ENDLESS = "access.endless-session"
HALF_A_DAY = timedelta(hours=12)


def test_this_module_uses_sessions() -> None:
    # What these rules look for in a process is here by the import above.
    assert session is not None


def test_flasks_default_is_found() -> None:
    assert titles(IDLE, make()) == ["low: an unused session stays good for 31 days"]
    assert titles(ENDLESS, make()) == ["low: a session that is used every 31 days never ends"]


def test_a_very_long_time_is_worse() -> None:
    app = make(PERMANENT_SESSION_LIFETIME=timedelta(days=365))
    assert titles(IDLE, app) == ["medium: an unused session stays good for 365 days"]


def test_half_a_day_is_none() -> None:
    assert titles(IDLE, make(PERMANENT_SESSION_LIFETIME=HALF_A_DAY)) == []


def test_garrisons_lifetimes_count() -> None:
    app = make()
    Garrison(app, hosts=["shop.example"])
    assert titles(IDLE, app) == titles(ENDLESS, app) == []


def test_garrison_that_only_observes_ends_nothing() -> None:
    app = make()
    Garrison(app, modes={"access.session-lifetimes": "observe"})
    assert titles(IDLE, app) == ["low: an unused session stays good for 31 days"]
    assert titles(ENDLESS, app) == ["low: a session that is used every 31 days never ends"]


def test_a_distant_absolute_end_is_found() -> None:
    app = make()
    Garrison(app, session_absolute_seconds=60 * 24 * 3600)
    assert titles(ENDLESS, app) == ["low: a session that is used ends only after 60 days"]


@pytest.mark.without_secret_key
def test_an_application_without_sessions_has_none() -> None:
    app = Flask("shop")
    assert titles(IDLE, app) is None
    guarded = make()
    Garrison(guarded, sessions=False)
    assert titles(IDLE, guarded) is titles(ENDLESS, guarded) is None


def test_times_are_spoken() -> None:
    assert [spoken(seconds) for seconds in (60, 1800, 3600, 7200, 86_400, 200_000)] == [
        "1 minute",
        "30 minutes",
        "1 hour",
        "2 hours",
        "1 day",
        "2 days",
    ]
