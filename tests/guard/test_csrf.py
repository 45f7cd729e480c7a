"""A state-changing request must come from this site: the attacks that are stopped, the honest traffic that passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string, request
from flask.views import MethodView
from flask_wtf.csrf import CSRFProtect, generate_csrf
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, csrf_token, view_policy
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]
HERE = "https://shop.example"
EVIL = "https://evil.example"


def post(app: Flask, headers: dict[str, str], path: str = "/buy", **options: Any) -> int:
    """Send one post from outside (not with the app's test client) and return its status."""
    return Client(app, use_cookies=False).post(path, base_url=HERE, headers=headers, **options).status_code


COOKIE = {"Cookie": "a=b"}
ATTACKS: dict[str, dict[str, str]] = {
    "cross-site": {"Sec-Fetch-Site": "cross-site", "Origin": EVIL},
    "cross-site, no origin": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site", "Origin": "https://blog.shop.example"},
    "site header wins over a forged origin": {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    "unknown site value": {"Sec-Fetch-Site": "friendly", "Origin": HERE},
    "two site values": {"Sec-Fetch-Site": "same-origin, cross-site"},
    "empty site value": {"Sec-Fetch-Site": ""},
    "foreign origin": {"Origin": EVIL},
    "other scheme": {"Origin": "http://shop.example"},
    "other port": {"Origin": "https://shop.example:8443"},
    "origin that begins like ours": {"Origin": "https://shop.example.evil.example"},
    "origin with our name as user": {"Origin": "https://shop.example@evil.example"},
    "null origin": {"Origin": "null"},
    "unreadable origin": {"Origin": "https://[", **COOKIE},
    "foreign referer": {"Referer": f"{EVIL}/https://shop.example/"},
    "nothing but a cookie": COOKIE,
    "wrong token": {**COOKIE, "X-Garrison-CSRF": "A" * 56},
    "token that is not base64": {**COOKIE, "X-Garrison-CSRF": "é"},
}
HONEST: dict[str, dict[str, str]] = {
    "same origin": {"Sec-Fetch-Site": "same-origin", "Origin": HERE, **COOKIE},
    "typed by the user": {"Sec-Fetch-Site": "none", **COOKIE},
    "same origin with a privacy tool that hides the origin": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "older browser": {"Origin": HERE, **COOKIE},
    "older browser, default port written": {"Origin": "https://shop.example:443", **COOKIE},
    "older browser, upper case": {"Origin": "HTTPS://SHOP.EXAMPLE", **COOKIE},
    "referer only": {"Referer": f"{HERE}/cart?item=1", **COOKIE},
    "program without cookies": {},
    "program with a bearer token": {"Authorization": "Bearer abc"},
    "program with basic": {"Authorization": "Basic YTpi"},
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(app: Flask, seen: Seen, name: str) -> None:
    Garrison(app)
    assert post(app, ATTACKS[name]) == 403
    (event,) = seen()
    assert (event.control, event.outcome, event.status) == ("inputs.csrf", "refused", 403)


@pytest.mark.parametrize(
    ("headers", "parameter", "point"),
    [
        ({"Origin": EVIL}, "origin", "IE2"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": EVIL}, "origin", "IE2"),
        ({"Sec-Fetch-Site": "cross-site"}, "sec-fetch-site", "IE2"),
        ({"Origin": "null"}, "_garrison_csrf", "RE6"),
        (COOKIE, "_garrison_csrf", "RE6"),
        ({**COOKIE, "X-Garrison-CSRF": "A" * 56}, "_garrison_csrf", "RE6"),
    ],
)
@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_the_event_names_the_input_and_the_detection_point(
    app: Flask, seen: Seen, headers: dict[str, str], parameter: str, point: str, mode: str
) -> None:
    Garrison(app, mode=mode)
    post(app, headers)
    (event,) = [event for event in seen() if event.control == "inputs.csrf"]
    assert (event.parameter, event.appsensor) == (parameter, point)


@pytest.mark.parametrize("name", HONEST)
def test_honest_traffic_passes(app: Flask, name: str) -> None:
    Garrison(app)
    assert post(app, HONEST[name]) == 200


@pytest.mark.parametrize("name", ATTACKS)
def test_observe_lets_pass_and_records(app: Flask, seen: Seen, name: str) -> None:
    Garrison(app, modes={"inputs.csrf": "observe"})
    assert post(app, ATTACKS[name]) == 200
    assert [event.outcome for event in seen()] == ["would_refuse"]


@pytest.mark.parametrize("name", ATTACKS)
def test_switched_off_it_does_nothing(app: Flask, seen: Seen, name: str) -> None:
    Garrison(app, modes={"inputs.csrf": "off"})
    assert post(app, ATTACKS[name]) == 200
    assert seen() == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "PROPFIND", "post"])
def test_every_unsafe_method_is_judged_on_routes_that_do_not_exist_too(app: Flask, method: str) -> None:
    Garrison(app)
    answer = Client(app).open("/nothing", method=method, headers=ATTACKS["cross-site"])
    assert answer.status_code == 403


def test_the_event_says_what_to_send_or_prints_the_line(app: Flask, seen: Seen) -> None:
    Garrison(app)
    post(app, ATTACKS["same-site"])
    post(app, COOKIE)
    post(app, ATTACKS["other scheme"])
    foreign, silent, proxied = (str(event.detail["advice"]) for event in seen())
    assert 'trusted_origins=["https://blog.shop.example"]' in foreign
    assert f"'Origin: {HERE}'" in silent
    assert "add proxies=1 to the policy" in proxied


def test_the_line_that_is_printed_works(app: Flask) -> None:
    Garrison(app, trusted_origins=["https://blog.shop.example"])
    assert post(app, ATTACKS["same-site"]) == 200
    assert post(app, ATTACKS["cross-site"]) == 403


def test_a_credentialed_cors_origin_may_act_and_a_reading_one_may_not(app: Flask) -> None:
    Garrison(app, cors_credentialed_origins=["https://app.example"], cors_origins=["https://feed.example"])
    assert post(app, {"Sec-Fetch-Site": "cross-site", "Origin": "https://app.example"}) == 200
    assert post(app, {"Sec-Fetch-Site": "cross-site", "Origin": "https://feed.example"}) == 403


def session_with_token(app: Flask) -> tuple[Client, str]:
    """Open a session and return its client with a token of it."""
    app.add_url_rule("/token", "token", csrf_token)
    client = Client(app)
    return client, client.get("/token", base_url=HERE).text


def test_a_silent_client_passes_with_the_token_of_its_session(app: Flask) -> None:
    Garrison(app)
    client, token = session_with_token(app)
    options: dict[str, Any] = {"base_url": HERE}
    assert client.post("/buy", headers={"X-Garrison-CSRF": token}, **options).status_code == 200
    assert client.post("/buy", data={"_garrison_csrf": token}, **options).status_code == 200
    assert client.post("/buy", headers={"Origin": "null", "X-Garrison-CSRF": token}, **options).status_code == 200
    assert client.post("/buy", **options).status_code == 403


def test_a_template_can_ask_for_the_token(app: Flask) -> None:
    app.add_url_rule("/page", "page", lambda: render_template_string("{{ garrison_csrf_token() }}"))
    Garrison(app)
    client = Client(app)
    token = client.get("/page", base_url=HERE).text
    assert client.post("/buy", base_url=HERE, headers={"X-Garrison-CSRF": token}).status_code == 200


def test_without_a_session_asking_for_a_token_is_an_error_in_words(app: Flask) -> None:
    app.secret_key = None
    Garrison(app, sessions=False)
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="SECRET_KEY"):
        csrf_token()


def test_a_token_of_another_session_is_refused(app: Flask) -> None:
    Garrison(app)
    client, _ = session_with_token(app)
    stolen = Client(app).get("/token", base_url=HERE).text
    assert client.post("/buy", base_url=HERE, headers={"X-Garrison-CSRF": stolen}).status_code == 403


def test_a_token_in_the_query_does_not_count(app: Flask) -> None:
    Garrison(app)
    client, token = session_with_token(app)
    assert client.post(f"/buy?_garrison_csrf={token}", base_url=HERE).status_code == 403


def test_tokens_are_masked_anew_each_time(app: Flask) -> None:
    Garrison(app)
    client, token = session_with_token(app)
    assert client.get("/token", base_url=HERE).text != token


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80))
def test_no_invented_token_is_accepted(token: str) -> None:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    Garrison(app)
    client, _ = session_with_token(app)
    assert client.post("/buy", base_url=HERE, data={"_garrison_csrf": token}).status_code == 403


def test_strict_asks_for_a_token_where_the_browser_adds_credentials_itself(app: Flask) -> None:
    Garrison(app, Policy.strict(hosts=["shop.example"], login_endpoints=["login"]))
    assert post(app, {"Authorization": "Basic YTpi"}) == 403
    assert post(app, {"Authorization": "negotiate YII="}) == 403
    assert post(app, {}, environ_base={"SSL_CLIENT_VERIFY": "SUCCESS"}) == 403
    assert post(app, {}, path="/login") == 403
    assert post(app, {"Authorization": "Bearer abc"}) == 200
    assert post(app, {}) == 200
    assert post(app, {"Authorization": "Basic YTpi", "Origin": HERE}) == 200


def test_a_program_without_cookies_is_let_pass_with_an_event(app: Flask, seen: Seen) -> None:
    Garrison(app)
    post(app, {"Authorization": "Basic YTpi"})
    assert [(event.outcome, event.control) for event in seen()] == [("allowed", "inputs.csrf")]


def closure(word: str) -> Callable[[], str]:
    def view() -> str:
        return word

    return view


def test_an_exemption_reaches_the_marked_view_and_no_sibling(app: Flask) -> None:
    hook = view_policy(allow_insecure_csrf=True)(closure("hook"))
    app.add_url_rule("/hook", "hook", hook, methods=["POST"])
    app.add_url_rule("/sibling", "sibling", closure("sibling"), methods=["POST"])
    Garrison(app)
    assert post(app, ATTACKS["cross-site"], path="/hook") == 200
    assert post(app, ATTACKS["cross-site"], path="/sibling") == 403


def test_an_exemption_by_endpoint_does_not_reach_a_blueprint_sibling(app: Flask) -> None:
    from flask import Blueprint

    blueprint = Blueprint("api", __name__)
    blueprint.add_url_rule("/api/buy", "buy", closure("sibling"), methods=["POST"])
    app.register_blueprint(blueprint)
    Garrison(app, allow_insecure_csrf=["buy"])
    assert post(app, ATTACKS["cross-site"], path="/buy") == 200
    assert post(app, ATTACKS["cross-site"], path="/api/buy") == 403


def test_one_method_of_a_class_can_be_exempt(app: Flask) -> None:
    class Hook(MethodView):
        @view_policy(allow_insecure_csrf=True)
        def post(self) -> str:
            return "posted"

        def delete(self) -> str:
            return "deleted"

    app.add_url_rule("/hook", view_func=Hook.as_view("hook"))
    Garrison(app)
    client = Client(app)
    assert client.post("/hook", headers=ATTACKS["cross-site"]).status_code == 200
    assert client.delete("/hook", headers=ATTACKS["cross-site"]).status_code == 403


def test_it_lives_beside_flask_wtf(app: Flask) -> None:
    CSRFProtect(app)
    app.add_url_rule("/wtf", "wtf", generate_csrf)
    Garrison(app)
    client = Client(app)
    token = client.get("/wtf", base_url=HERE).text
    honest = {"Sec-Fetch-Site": "same-origin", "Referer": f"{HERE}/"}
    assert client.post("/buy", base_url=HERE, headers=honest, data={"csrf_token": token}).status_code == 200
    assert client.post("/buy", base_url=HERE, headers=honest).status_code == 400
    attack = client.post("/buy", base_url=HERE, headers=ATTACKS["cross-site"], data={"csrf_token": token})
    assert attack.status_code == 403


def test_the_apps_test_client_counts_as_same_origin_only_in_testing(app: Flask) -> None:
    Garrison(app)
    client = app.test_client()
    client.set_cookie("a", "b")
    assert client.post("/buy").status_code == 403
    app.testing = True
    assert client.post("/buy").status_code == 200
    assert client.post("/buy", headers=ATTACKS["cross-site"]).status_code == 403
    outside = Client(app)
    outside.set_cookie("a", "b")
    assert outside.post("/buy").status_code == 403


def test_a_request_that_a_test_dispatches_itself_counts_as_same_origin_only_in_testing(app: Flask) -> None:
    Garrison(app)

    def status(headers: dict[str, str]) -> int:
        with app.test_request_context("/buy", method="POST", headers={**COOKIE, **headers}):
            return app.full_dispatch_request().status_code

    assert status({}) == 403
    app.testing = True
    assert status({}) == 200
    assert status(ATTACKS["cross-site"]) == 403


def test_invalid_multipart_without_any_origin_is_refused_and_not_a_crash(app: Flask) -> None:
    Garrison(app)
    headers = {**COOKIE, "Content-Type": "multipart/form-data; boundary=x"}
    assert post(app, headers, data=b"--x\r\nnonsense") in (400, 403)
    assert post(app, {**COOKIE, "Content-Type": "multipart/form-data"}, data=b"--x") in (400, 403)


def test_a_view_still_reads_the_body_after_the_token_was_looked_for(app: Flask) -> None:
    app.add_url_rule("/echo", "echo", lambda: request.form["item"], methods=["POST"])
    Garrison(app)
    client, token = session_with_token(app)
    answer = client.post("/echo", base_url=HERE, data={"item": "hat", "_garrison_csrf": token})
    assert answer.text == "hat"


def test_the_words_to_the_client_name_no_setting(app: Flask) -> None:
    Garrison(app)
    answer = Client(app).post("/buy", headers=ATTACKS["cross-site"])
    assert not re.search(r"trusted_origins|Origin|evil|token", answer.text)


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
@pytest.mark.parametrize("size", [10, 600_000])
def test_observe_leaves_the_body_to_the_view(app: Flask, seen: Seen, media_type: str, size: int) -> None:
    """A view that checks a signature needs the bytes; Flask's limit for forms must not refuse what it streams."""
    app.add_url_rule("/raw", "raw", lambda: str(len(request.stream.read())), methods=["POST"])
    Garrison(app, mode="observe")
    client = Client(app, use_cookies=False)
    answer = client.post("/raw", base_url=HERE, headers=COOKIE, data=b"a=" + b"b" * size, content_type=media_type)
    assert (answer.status_code, answer.text) == (200, str(size + 2))
    assert [event.outcome for event in seen() if event.control == "inputs.csrf"] == ["would_refuse"]


@pytest.mark.parametrize("path", ["/buy", "/login"])
def test_observe_finds_the_token_in_a_form(app: Flask, seen: Seen, path: str) -> None:
    """Also where the view ended the session that the token belongs to."""
    app.add_url_rule("/token", "token", lambda: csrf_token())
    Garrison(app, mode="observe")
    client = Client(app)
    data = {"_garrison_csrf": client.get("/token", base_url=HERE).text}
    assert client.post(path, base_url=HERE, data=data).status_code == 200
    assert [event for event in seen() if event.control == "inputs.csrf"] == []


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Sec-Fetch-Site": "cross-site", "Origin": EVIL}])
def test_the_refusal_of_a_post_from_elsewhere_names_the_line_for_its_view(
    app: Flask, seen: Seen, headers: dict[str, str]
) -> None:
    """A sign-in answer or the return from a payment comes by a cross-site post."""
    Garrison(app)
    assert post(app, headers) == 403
    assert 'allow_insecure_csrf=["buy"]' in str(seen()[-1].detail["advice"])


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": EVIL}, {"Upgrade": "websocket", "Origin": EVIL}, {"Sec-Fetch-Site": "same-origin"}]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_is_not_trusted_is_refused_with_all_headers(
    app: Flask, headers: dict[str, str], method: str
) -> None:
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    Garrison(app)
    answer = Client(app).open("/buy", method=method, base_url="http://other.example", headers=headers)
    assert answer.status_code in (400, 403)
    assert "Content-Security-Policy" in answer.headers
