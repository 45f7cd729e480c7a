"""Pages at addresses that everybody knows: security.txt (RFC 9116) and change-password (W3C)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from flask_garrison import Garrison, Policy
from flask_garrison.errors import PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.guard import well_known
from flask_garrison.guard.well_known import NO_SUCH_PAGE, security_txt

HERE = "https://shop.example"
CONTACTS = ("mailto:security@shop.example", "https://shop.example/report")
NOW = datetime(2026, 11, 24, 10, 30, 5, tzinfo=UTC)
LATER = "2027-01-31T00:00:00Z"


def get(app: Flask, path: str, method: str = "GET") -> Any:
    return Client(app).open(path, method=method, base_url=HERE)


def test_it_is_served_as_plain_text_with_contacts_and_an_expiry(
    app: Flask, seen: Callable[[], list[SecurityEvent]]
) -> None:
    Garrison(app, security_contacts=CONTACTS)
    answer = get(app, "/.well-known/security.txt")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    first, second, expires = answer.text.splitlines()
    assert [first, second] == [f"Contact: {contact}" for contact in CONTACTS]
    moment = datetime.fromisoformat(expires.removeprefix("Expires: "))
    left = moment - datetime.now(UTC)
    assert timedelta(days=362) < left < timedelta(days=365)
    assert "Content-Security-Policy" in answer.headers
    assert [event.control for event in seen() if event.control != "transport.hosts"] == []


def test_head_is_answered_without_a_body(app: Flask) -> None:
    Garrison(app, security_contacts=CONTACTS)
    answer = get(app, "/.well-known/security.txt", "HEAD")
    assert (answer.status_code, answer.data, int(answer.headers["Content-Length"]) > 0) == (200, b"", True)


def test_without_contacts_or_switched_off_there_is_none(app: Flask) -> None:
    Garrison(app)
    assert get(app, "/.well-known/security.txt").status_code == 404
    other = Flask("other")
    Garrison(other, security_contacts=CONTACTS, modes={"monitoring.security-contact": "off"})
    assert get(other, "/.well-known/security.txt").status_code == 404


def test_another_method_is_left_to_the_app(app: Flask) -> None:
    Garrison(app, security_contacts=CONTACTS)
    assert get(app, "/.well-known/security.txt", "DELETE").status_code == 404


def test_a_route_of_the_app_for_it_stays_and_a_catch_all_does_not_hide_it(app: Flask) -> None:
    app.add_url_rule("/<path:anything>", "all", lambda anything: "caught")
    Garrison(app, security_contacts=CONTACTS)
    assert get(app, "/.well-known/security.txt").text.startswith("Contact: ")
    own = Flask("own")
    own.add_url_rule("/.well-known/security.txt", "own", lambda: Response("mine", mimetype="text/plain"))
    Garrison(own, security_contacts=CONTACTS)
    assert get(own, "/.well-known/security.txt").text == "mine"


def test_the_fields_stand_one_a_line_and_languages_in_one() -> None:
    policy = Policy(
        security_contacts=("mailto:security@shop.example",),
        security_txt={
            "Expires": (LATER,),
            "Preferred-Languages": ("en", "de"),
            "Policy": ("https://shop.example/policy",),
            "Canonical": ("https://shop.example/.well-known/security.txt", "https://www.shop.example/security.txt"),
            "Encryption": ("openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f",),
        },
    )
    assert security_txt(policy, NOW) == (
        "Contact: mailto:security@shop.example\n"
        "Expires: 2027-01-31T00:00:00Z\n"
        "Preferred-Languages: en, de\n"
        "Policy: https://shop.example/policy\n"
        "Canonical: https://shop.example/.well-known/security.txt\n"
        "Canonical: https://www.shop.example/security.txt\n"
        "Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\n"
    )


def test_the_expiry_is_a_midnight_a_year_less_a_day_ahead() -> None:
    text = security_txt(Policy(security_contacts=CONTACTS), NOW)
    assert text.splitlines()[-1] == "Expires: 2027-11-23T00:00:00Z"


def test_the_expiry_moves_on_while_the_process_lives(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    times = [NOW]
    monkeypatch.setattr(well_known, "_now", lambda: times[-1])
    Garrison(app, security_contacts=CONTACTS)
    assert get(app, well_known.SECURITY_TXT).text.splitlines()[-1] == "Expires: 2027-11-23T00:00:00Z"
    times.append(NOW + timedelta(days=1_000))
    assert get(app, well_known.SECURITY_TXT).text.splitlines()[-1] == "Expires: 2030-08-19T00:00:00Z"


def test_a_stated_expiry_stays_as_it_is_when_it_has_passed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    times = [NOW]
    monkeypatch.setattr(well_known, "_now", lambda: times[-1])
    Garrison(app, security_contacts=CONTACTS, security_txt={"Expires": (LATER,)})
    times.append(NOW + timedelta(days=1_000))
    answer = get(app, well_known.SECURITY_TXT)
    assert (answer.status_code, answer.text.splitlines()[-1]) == (200, f"Expires: {LATER}")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"Expires": ("2020-01-01T00:00:00Z",)}, "has passed"),
        ({"Expires": ("2199-01-01T00:00:00Z",)}, "more than a year ahead"),
        ({"Expires": ("tomorrow",)}, "is not a time such as"),
        ({"Expires": ("2027-01-31",)}, "is not a time such as"),
        ({"Expires": ("2027-01-31T00:00:00",)}, "is not a time such as"),
        ({"Expires": (LATER, LATER)}, "allows it once"),
        ({"Policy": ("http://shop.example/policy",)}, "does not begin with https://"),
    ],
)
def test_what_readers_would_ignore_is_an_error_at_start(
    app: Flask, fields: dict[str, tuple[str, ...]], problem: str
) -> None:
    with pytest.raises(PolicyError, match=problem):
        Garrison(app, security_contacts=CONTACTS, security_txt=fields)


def test_change_password_leads_to_the_page(app: Flask) -> None:
    Garrison(app, change_password_endpoint="account")
    answer = get(app, "/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")
    assert get(app, "/.well-known/change-password", "HEAD").status_code == 302


def test_without_the_setting_change_password_does_not_exist(app: Flask) -> None:
    Garrison(app)
    assert get(app, "/.well-known/change-password").status_code == 404


def test_an_app_that_answers_200_to_everything_is_still_believed_by_password_managers(app: Flask) -> None:
    app.add_url_rule("/<path:anything>", "all", lambda anything: "caught")
    Garrison(app, change_password_endpoint="account")
    assert get(app, NO_SUCH_PAGE).status_code == 404
    assert get(app, "/anything").text == "caught"


def test_an_endpoint_that_needs_an_argument_is_no_page(app: Flask) -> None:
    app.add_url_rule("/users/<name>/password", "password", lambda name: name)
    Garrison(app, change_password_endpoint="password")
    assert get(app, "/.well-known/change-password").status_code == 404


def test_a_static_folder_at_the_root_serves_other_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text("all")
    app = Flask("files", static_folder=str(tmp_path), static_url_path="")
    Garrison(app, security_contacts=CONTACTS)
    assert get(app, "/robots.txt").text == "all"
    assert get(app, "/.well-known/security.txt").text.startswith("Contact: ")
