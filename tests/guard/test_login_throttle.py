"""Failed logins are limited by account and by client; nobody else is locked out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from json import loads
from typing import Any

import pytest
from flask import Flask, Response, jsonify, redirect, request, session
from pydantic import BaseModel
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy, validated
from flask_garrison.events import SecurityEvent
from flask_garrison.policy import view_policy

HERE = "https://shop.example"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
PASSWORDS = {"ada": "engine", "bob": "builder"}
CONTROL = "access.login-throttle"
Seen = Callable[[], list[SecurityEvent]]


@pytest.fixture
def app() -> Flask:
    """Give an app with a login of each kind."""
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/", "index", lambda: "<h1>Shop</h1>")
    app.add_url_rule("/login", "login", login, methods=["GET", "POST"])
    app.add_url_rule("/token", "token", token, methods=["POST"])
    app.add_url_rule("/register", "register", register, methods=["POST"])
    app.add_url_rule("/admin/users", "users", new_user, methods=["POST"])
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    app.add_url_rule("/basic", "basic", basic)
    app.add_url_rule("/code", "code", code, methods=["POST"])
    return app


def login() -> Any:
    form = request.form
    name = form.get("username", "").strip().lower()
    if name in PASSWORDS and PASSWORDS[name] == form.get("password"):
        session["user_id"] = name
        return redirect("/")
    return "<p>Wrong.</p>"


def token() -> Any:
    body = request.get_json()
    if PASSWORDS.get(body["email"]) == body["password"]:
        return jsonify(token="t")
    return jsonify(error="wrong"), 401


def register() -> str:
    return f"<p>That name is taken: {len(request.form)}</p>"


def new_user() -> str:
    return f"<p>Made {request.form['username']}</p>"


def basic() -> Response:
    given = request.authorization
    if given is not None and given.type == "basic" and PASSWORDS.get(given.username or "") == given.password:
        return Response("in")
    return Response("who?", 401, {"WWW-Authenticate": "Basic"})


@view_policy(credential_check=True)
def code() -> Any:
    return ("", 204) if request.data == b"123456" else ("wrong", 403)


def client_at(app: Flask, address: str = "192.0.2.1") -> Client:
    client = Client(app)
    client_open = client.open

    def open_from(*args: Any, **options: Any) -> TestResponse:
        options.setdefault("environ_overrides", {"REMOTE_ADDR": address})
        return client_open(*args, **options)

    client.open = open_from  # type: ignore[method-assign]
    return client


def attempt(client: Client, name: str, password: str = "guess", **headers: str) -> TestResponse:
    data = {"username": name, "password": password}
    return client.post("/login", data=data, base_url=HERE, headers={**BROWSER, **headers})


def statuses(client: Client, times: int, name: str = "ada", **headers: str) -> list[int]:
    return [attempt(client, name, **headers).status_code for _ in range(times)]


def outcomes(seen: Seen) -> list[tuple[str, str]]:
    events = [event for event in seen() if event.control == CONTROL]
    return [(event.event.partition(":")[0], event.outcome) for event in events]


def points(seen: Seen) -> list[str]:
    return [event.appsensor for event in seen() if event.name == "authn_login_fail_max"]


def guarded(app: Flask, **settings: Any) -> Flask:
    Garrison(app, hosts=["shop.example"], **settings)
    return app


def test_the_eleventh_guess_is_refused_before_the_view_runs(app: Flask, seen: Seen) -> None:
    client = client_at(guarded(app))
    assert statuses(client, 10) == [200] * 10
    refused = attempt(client, "ada", PASSWORDS["ada"])
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 2 * 15 * 60
    assert "user_id" not in refused.headers.get("Set-Cookie", "")
    assert ("authn_login_fail_max", "refused") in outcomes(seen)
    assert outcomes(seen).count(("authn_login_fail", "allowed")) == 10
    assert points(seen) == ["AE2"]


def test_the_words_are_the_same_whether_the_account_exists(app: Flask) -> None:
    client = client_at(guarded(app, failed_logins_per_account="2 per hour"))
    pages = []
    for name in ("ada", "nobody"):
        assert statuses(client, 2, name) == [200, 200]
        pages.append(attempt(client, name))
    assert pages[0].text == pages[1].text
    assert [page.status_code for page in pages] == [429, 429]


def test_a_locked_login_touches_no_other_route_and_no_other_account(app: Flask) -> None:
    client = client_at(guarded(app))
    statuses(client, 11)
    assert client.get("/", base_url=HERE).status_code == 200
    assert client.get("/login", base_url=HERE).status_code == 200
    assert client.post("/buy", base_url=HERE, headers=BROWSER).status_code == 200
    assert attempt(client, "bob", PASSWORDS["bob"]).status_code == 302


def test_the_victim_logs_in_from_elsewhere_and_stays_logged_in(app: Flask) -> None:
    guarded(app)
    victim = client_at(app, "198.51.100.7")
    assert statuses(client_at(app), 11)[-1] == 429
    assert attempt(victim, "ada", PASSWORDS["ada"]).status_code == 302
    assert victim.get("/", base_url=HERE).status_code == 200


def test_a_valid_session_is_not_refused_because_of_others(app: Flask) -> None:
    guarded(app, failed_logins_per_client="3 per hour")
    shared = "192.0.2.1"
    victim = client_at(app, shared)
    assert attempt(victim, "ada", PASSWORDS["ada"]).status_code == 302
    assert statuses(client_at(app, shared), 5)[-1] == 429
    assert attempt(victim, "ada", PASSWORDS["ada"]).status_code == 302


def test_who_is_logged_in_cannot_guess_without_limit_even_with_logins_between(app: Flask) -> None:
    client = client_at(guarded(app, failed_logins_per_account="4 per hour"))
    assert attempt(client, "bob", PASSWORDS["bob"]).status_code == 302
    answers = []
    for _ in range(4):
        answers += statuses(client, 1)
        attempt(client, "bob", PASSWORDS["bob"])
    assert answers == [200] * 4
    assert attempt(client, "ada", PASSWORDS["ada"]).status_code == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Client-IP", "CF-Connecting-IP"])
def test_a_header_does_not_choose_the_client(app: Flask, header: str) -> None:
    client = client_at(guarded(app, proxies=0))
    answers = [attempt(client, "ada", **{header: f"203.0.113.{number}"}).status_code for number in range(11)]
    assert answers[-1] == 429


def test_spraying_many_accounts_from_one_client_is_refused(app: Flask, seen: Seen) -> None:
    client = client_at(guarded(app))
    answers = [attempt(client, f"user{number}").status_code for number in range(51)]
    assert answers == [200] * 50 + [429]
    assert points(seen) == ["AE3"]


def test_one_account_from_many_clients_is_refused(app: Flask, seen: Seen) -> None:
    guarded(app)
    answers = [attempt(client_at(app, f"198.51.100.{number}"), "ada").status_code for number in range(101)]
    assert answers == [200] * 100 + [429]
    assert points(seen) == ["AE2"]


def test_the_addresses_of_one_64_are_one_client(app: Flask) -> None:
    guarded(app)
    answers = [attempt(client_at(app, f"2001:db8::{number}%eth0"), "ada").status_code for number in range(1, 12)]
    assert answers[-1] == 429
    assert attempt(client_at(app, "2001:db8:0:1::1"), "ada").status_code == 200


def test_spellings_of_a_name_are_one_account(app: Flask) -> None:
    client = client_at(guarded(app, failed_logins_per_account="4 per hour"))
    spellings = ["ada", " ADA ", "\uff21da", "Ada\t", "aDa"]
    assert [attempt(client, name).status_code for name in spellings] == [200] * 4 + [429]


def test_decoy_names_in_other_fields_and_in_the_query_change_nothing(app: Flask) -> None:
    client = client_at(guarded(app, login_endpoints=["login"], failed_logins_per_account="4 per hour"))

    def guess(number: int, path: str, decoy: Mapping[str, Any]) -> int:
        data = {"username": "ada", "password": "guess", **decoy}
        return client.post(path, data=data, base_url=HERE, headers=BROWSER).status_code

    assert guess(0, "/login?username=x0", {"email": "x0"}) == 200
    assert guess(1, "/login", {"email": "x1", "account": "x2"}) == 200
    assert guess(2, "/login", {"username": ["x3", "ada"]}) == 200
    assert guess(3, "/login?login=x4", {}) == 200
    assert guess(4, "/login?login=x5", {"email": "x6"}) == 429


def test_more_names_than_an_honest_request_has_are_one_account(app: Flask) -> None:
    client = client_at(guarded(app, login_endpoints=["login"], failed_logins_per_account="2 per hour"))
    answers = []
    for round_ in range(3):
        names = [f"x{round_}-{number}" for number in range(20)]
        data = {"username": ["ada", *names], "password": "guess"}
        answers.append(client.post("/login", data=data, base_url=HERE, headers=BROWSER).status_code)
    assert answers == [200, 200, 429]


def test_naming_a_victim_beside_an_own_account_does_not_clear_the_count(app: Flask) -> None:
    client = client_at(guarded(app, failed_logins_per_account="4 per hour"))
    statuses(client, 3)
    data = {"username": "bob", "password": PASSWORDS["bob"], "email": "ada"}
    assert Client.post(client, "/login", data=data, base_url=HERE, headers=BROWSER).status_code == 302
    client.delete_cookie("__Host-session", domain="shop.example")
    fresh = client_at(app)
    assert statuses(fresh, 2) == [200, 429]


def test_a_second_password_field_does_not_hide_a_known_login(app: Flask) -> None:
    client = client_at(guarded(app))
    statuses(client, 1)
    data = {"username": "ada", "password": "guess", "password2": "x"}
    answers = [client.post("/login", data=data, base_url=HERE, headers=BROWSER).status_code for _ in range(10)]
    assert answers == [200] * 9 + [429]


def test_guesses_at_the_same_time_do_not_pass_the_limit_together(app: Flask) -> None:
    checked = []
    together = threading.Barrier(8)

    def slow() -> Any:
        checked.append(1)
        return login()

    app.view_functions["login"] = slow
    guarded(app, login_endpoints=["login"])

    def guess() -> None:
        client = client_at(app)
        together.wait()
        statuses(client, 5)

    threads = [threading.Thread(target=guess) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(checked) == 10


def test_who_mistypes_three_times_and_then_logs_in_starts_anew(app: Flask, seen: Seen) -> None:
    client = client_at(guarded(app, failed_logins_per_account="4 per hour"))
    assert statuses(client, 3) == [200] * 3
    assert attempt(client, "ada", PASSWORDS["ada"]).status_code == 302
    assert ("authn_login_successafterfail", "allowed") in outcomes(seen)
    assert statuses(client_at(app), 4) == [200] * 4


def test_successes_use_up_nothing(app: Flask) -> None:
    guarded(app, failed_logins_per_client="3 per hour", login_endpoints=["login"])
    answers = [attempt(client_at(app), "ada", PASSWORDS["ada"]).status_code for _ in range(8)]
    assert answers == [302] * 8


def test_an_api_that_gives_tokens(app: Flask) -> None:
    client = client_at(guarded(app))

    def ask(password: str) -> int:
        body = {"email": "ada", "password": password}
        return client.post("/token", json=body, base_url=HERE).status_code

    assert [ask(PASSWORDS["ada"]) for _ in range(20)] == [200] * 20
    assert [ask("guess") for _ in range(11)] == [401] * 10 + [429]


@pytest.mark.parametrize("declared", [[], ["token"]])
def test_json_under_another_content_type_is_counted_where_the_view_takes_it(app: Flask, declared: list[str]) -> None:
    def lenient() -> Any:
        body = request.get_json(force=True)
        return ("no", 401) if body["password"] else ""

    app.view_functions["token"] = lenient
    client = client_at(guarded(app, login_endpoints=declared))
    data = '{"email": "ada", "password": "guess"}'
    sent = {"data": data, "content_type": "text/plain", "base_url": HERE, "headers": BROWSER}
    assert [client.post("/token", **sent).status_code for _ in range(11)] == [401] * 10 + [429]


def test_a_declared_view_that_takes_json_by_its_type_alone_still_does(app: Flask) -> None:
    client = client_at(guarded(app, login_endpoints=["token"]))
    sent = {"data": '{"email": "ada", "password": "engine"}', "base_url": HERE, "headers": BROWSER}
    assert client.post("/token", content_type="text/plain", **sent).status_code == 415
    assert client.post("/token", content_type="application/json", **sent).status_code == 200


@pytest.mark.parametrize("declared", [[], ["login"]])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_guess_in_the_body_of_a_safe_method_is_counted(app: Flask, method: str, declared: list[str]) -> None:
    client = client_at(guarded(app, login_endpoints=declared))

    def guess(password: str) -> int:
        data = {"username": "ada", "password": password}
        return client.open("/login", method=method, data=data, base_url=HERE, headers=BROWSER).status_code

    assert [guess("guess") for _ in range(10)] == [200] * 10
    assert guess(PASSWORDS["ada"]) == 429


@pytest.mark.parametrize("mode", ["enforce", "observe"])
@pytest.mark.parametrize("path", ["/login", "/login?next=/home", "/login?username=ada"])
def test_opening_the_login_page_is_no_attempt(app: Flask, path: str, mode: str, seen: Seen) -> None:
    client = client_at(guarded(app, login_endpoints=["login"], failed_logins_per_client="2 per hour", mode=mode))
    assert [client.get(path, base_url=HERE).status_code for _ in range(5)] == [200] * 5
    assert outcomes(seen) == []
    assert attempt(client, "ada", PASSWORDS["ada"]).status_code == 302


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("declared", [[], ["login"]])
def test_a_password_in_the_query_is_counted_where_logins_are_made(app: Flask, method: str, declared: list[str]) -> None:
    def either() -> Any:
        return ("no", 401) if PASSWORDS.get(request.values["username"]) != request.values["password"] else "in"

    app.view_functions["login"] = either
    client = client_at(guarded(app, login_endpoints=declared))
    assert statuses(client, 1) == [401]

    def guess(password: str) -> int:
        path = f"/login?username=ada&password={password}"
        return client.open(path, method=method, base_url=HERE, headers=BROWSER).status_code

    assert [guess("guess") for _ in range(9)] == [401] * 9
    assert guess(PASSWORDS["ada"]) == 429


@pytest.mark.parametrize("query", ["password2=x", "confirm=x"])
def test_a_password_in_the_query_does_not_make_a_registration_of_a_login(app: Flask, query: str) -> None:
    client = client_at(guarded(app))
    data = {"username": "ada", "password": "guess"}
    sent = {"data": data, "base_url": HERE, "headers": BROWSER}
    assert [client.post(f"/login?{query}", **sent).status_code for _ in range(11)] == [200] * 10 + [429]


def test_a_view_that_takes_a_form_or_else_json_by_force_is_counted_either_way(app: Flask) -> None:
    def either() -> Any:
        body = request.form or request.get_json(force=True)
        return ("no", 401) if PASSWORDS.get(body["email"]) != body["password"] else ""

    app.view_functions["token"] = either
    client = client_at(guarded(app))
    data = '{"email": "ada", "password": "guess"}'
    sent = {"data": data, "content_type": "text/plain", "base_url": HERE, "headers": BROWSER}
    assert [client.post("/token", **sent).status_code for _ in range(11)] == [401] * 10 + [429]


@pytest.mark.parametrize("declared", [[], ["token"]])
def test_curl_sends_json_under_the_type_of_a_form(app: Flask, declared: list[str]) -> None:
    def forced() -> Any:
        body = request.get_json(force=True)
        return ("no", 401) if PASSWORDS.get(body["email"]) != body["password"] else jsonify(token="t")

    app.view_functions["token"] = forced
    client = client_at(guarded(app, login_endpoints=declared))

    def ask(password: str) -> int:
        data = f'{{"email": "ada", "password": "{password}"}}'
        sent = {"data": data, "content_type": "application/x-www-form-urlencoded"}
        return client.post("/token", base_url=HERE, **sent).status_code

    assert [ask(PASSWORDS["ada"]) for _ in range(3)] == [200] * 3
    assert [ask("guess") for _ in range(11)] == [401] * 10 + [429]


class Login(BaseModel):
    email: str
    password: str


def test_a_validated_login_and_one_that_parses_its_bytes_are_recognised(app: Flask) -> None:
    def check(email: str, password: str) -> Any:
        return ("no", 401) if PASSWORDS.get(email) != password else "in"

    def by_model(json: Login) -> Any:
        return check(json.email, json.password)

    app.add_url_rule("/model", view_func=validated(json=Login)(by_model), methods=["POST"])
    app.add_url_rule("/bytes", "bytes", lambda: check(**loads(request.data)), methods=["POST"])
    guarded(app)
    for number, path in enumerate(("/model", "/bytes")):
        client = client_at(app, f"192.0.2.{number}")
        sent = {"json": {"email": "ada", "password": "guess"}, "base_url": HERE}
        assert [client.post(path, **sent).status_code for _ in range(11)] == [401] * 10 + [429]


@pytest.mark.parametrize("body", ["{", "[1]", "[" * 50_000, '{"a": 1}', "\udcff"])
def test_bytes_that_are_no_login_are_the_views_own_affair(app: Flask, body: str) -> None:
    app.add_url_rule("/hook", "hook", lambda: str(len(request.data)), methods=["POST"])
    client = client_at(guarded(app))
    data = body.encode(errors="surrogateescape")
    sent = {"data": data, "content_type": "application/json", "base_url": HERE}
    assert [client.post("/hook", **sent).text for _ in range(2)] == [str(len(data))] * 2


@pytest.mark.parametrize(("mode", "last"), [("enforce", 429), ("observe", 404)])
def test_a_declared_view_that_answers_links_counts_the_tokens_that_fail(app: Flask, mode: str, last: int) -> None:
    @view_policy(credential_check=True)
    def link(word: str) -> Any:
        return "<p>Choose a password.</p>" if word == "right" else ("no", 404)

    app.add_url_rule("/reset/<word>", "reset", link)
    client = client_at(guarded(app, failed_logins_per_client="3 per hour", mode=mode))

    def follow(word: str) -> int:
        return client.get(f"/reset/{word}", base_url=HERE).status_code

    assert [follow("right") for _ in range(5)] == [200] * 5
    assert [follow("guess") for _ in range(4)] == [404] * 3 + [last]


def test_being_sent_to_the_login_of_another_service_is_no_failure(app: Flask) -> None:
    app.add_url_rule("/sso", "sso", lambda: redirect("https://id.example/realms/shop/auth"))
    client = client_at(guarded(app, login_endpoints=["sso"], failed_logins_per_client="3 per hour"))
    assert [client.get("/sso", base_url=HERE).status_code for _ in range(6)] == [302] * 6


def test_padding_does_not_let_many_clients_guess_one_account(app: Flask) -> None:
    guarded(app, failed_logins_per_account_anywhere="4 per hour")
    names = [" " * (400 + number) + "ada" for number in range(5)]
    answers = [attempt(client_at(app, f"198.51.100.{number}"), name).status_code for number, name in enumerate(names)]
    assert answers == [200] * 4 + [429]


def test_a_registration_form_is_no_login(app: Flask) -> None:
    client = client_at(guarded(app))
    for second in ("password2", "confirm"):
        data = {"username": "ada", "password": "x", second: "x"}
        answers = [client.post("/register", data=data, base_url=HERE, headers=BROWSER).status_code for _ in range(15)]
        assert answers == [200] * 15


def test_an_administrator_who_makes_accounts_is_not_limited(app: Flask) -> None:
    client = client_at(guarded(app))
    attempt(client, "ada", PASSWORDS["ada"])
    data = {"username": "new", "password": "x"}
    answers = [client.post("/admin/users", data=data, base_url=HERE, headers=BROWSER).status_code for _ in range(15)]
    assert answers == [200] * 15


def test_basic_credentials_that_fail_are_counted_and_public_pages_stay_open(app: Flask) -> None:
    client = client_at(guarded(app))
    wrong = [client.get("/basic", auth=("ada", f"{number}"), base_url=HERE).status_code for number in range(11)]
    assert wrong == [401] * 10 + [429]
    assert client.get("/", auth=("ada", "guess"), base_url=HERE).status_code == 200
    assert client.get("/basic", auth=("ada", PASSWORDS["ada"]), base_url=HERE).status_code == 429
    assert client.get("/basic", auth=("bob", PASSWORDS["bob"]), base_url=HERE).status_code == 200


def test_a_public_page_does_not_clear_basic_guesses(app: Flask) -> None:
    client = client_at(guarded(app))
    answers = []
    for number in range(11):
        client.get("/", auth=("ada", f"{number}"), base_url=HERE)
        answers.append(client.get("/basic", auth=("ada", f"{number}"), base_url=HERE).status_code)
    assert answers[-1] == 429


def test_basic_credentials_do_not_hide_the_guess_in_a_form(app: Flask) -> None:
    client = client_at(guarded(app))
    headers = [{"Authorization": f"Basic {word}"} for word in ("eDp5", "not base64", "")] * 4
    answers = [statuses(client, 1, **header)[0] for header in headers[:11]]
    assert answers == [200] * 10 + [429]


def test_bearer_tokens_are_not_counted(app: Flask) -> None:
    client = client_at(guarded(app))
    headers = {"Authorization": "Bearer expired"}
    assert {client.get("/basic", headers=headers, base_url=HERE).status_code for _ in range(60)} == {401}


def test_a_declared_view_counts_its_codes_by_client_and_keeps_its_body(app: Flask) -> None:
    client = client_at(guarded(app, failed_logins_per_client="5 per hour"))

    def send(digits: str) -> int:
        return client.post("/code", data=digits, base_url=HERE, headers=BROWSER).status_code

    assert send("123456") == 204
    assert [send("000000") for _ in range(6)] == [403] * 5 + [429]


def test_refusals_for_their_origin_are_not_counted(app: Flask) -> None:
    guarded(app, login_endpoints=["login"])
    victim = client_at(app)
    data = {"username": "ada", "password": "x"}
    evil = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answers = [victim.post("/login", data=data, base_url=HERE, headers=evil).status_code for _ in range(15)]
    assert answers == [403] * 15
    assert attempt(victim, "ada", PASSWORDS["ada"]).status_code == 302


def test_a_server_error_is_not_counted(app: Flask) -> None:
    def broken() -> str:
        return str(request.form["username"]) + str(1 // 0)

    app.view_functions["login"] = broken
    assert statuses(client_at(guarded(app, login_endpoints=["login"])), 15) == [500] * 15


@pytest.mark.parametrize(
    ("location", "last"), [("/login?error=1", 429), ("/sign-in", 429), ("/session/new", 429), ("/home", 302)]
)
def test_where_a_redirect_leads_tells_failure_from_success(app: Flask, location: str, last: int) -> None:
    def elsewhere() -> Any:
        return redirect(location) if request.form else ""

    app.view_functions["login"] = elsewhere
    assert statuses(client_at(guarded(app)), 11)[-1] == last


def test_observe_refuses_nothing_reads_nothing_early_and_says_what_it_would_do(app: Flask, seen: Seen) -> None:
    early: list[bool] = []
    app.before_request(lambda: early.append("form" in vars(request)))
    client = client_at(guarded(app, mode="observe", login_endpoints=["login"]))
    assert statuses(client, 15) == [200] * 15
    assert not any(early)
    assert outcomes(seen).count(("authn_login_fail_max", "would_refuse")) == 1
    assert "Retry-After" not in attempt(client, "ada").headers


def test_off_does_nothing(app: Flask, seen: Seen) -> None:
    client = client_at(guarded(app, modes={CONTROL: "off"}))
    assert statuses(client, 15) == [200] * 15
    assert outcomes(seen) == []


def test_behind_an_undeclared_proxy_only_the_account_is_limited(app: Flask, seen: Seen) -> None:
    guarded(app, failed_logins_per_account="3 per hour", failed_logins_per_account_anywhere="6 per hour")
    proxy = client_at(app, "10.0.0.1")
    answers = statuses(proxy, 7, **{"X-Forwarded-For": "203.0.113.9"})
    assert answers == [200] * 6 + [429]
    assert ("authn_login_fail_max", "would_refuse") in outcomes(seen)


def test_events_name_no_account_and_no_password(app: Flask, seen: Seen) -> None:
    client = client_at(guarded(app))
    statuses(client, 11, "ada@example.com")
    told = " ".join(event.as_json() for event in seen() if event.control == CONTROL)
    assert "ada@example" not in told
    assert "guess" not in told


def test_the_field_that_a_view_declares_counts_alone(app: Flask) -> None:
    app.view_functions["login"] = view_policy(account_field="username", credential_check=True)(login)
    client = client_at(guarded(app, failed_logins_per_account="3 per hour"))

    def guess(name: str) -> int:
        data = {"username": name, "account": "acme", "password": "guess"}
        return client.post("/login", data=data, base_url=HERE, headers=BROWSER).status_code

    assert [guess(f"user{number}") for number in range(6)] == [200] * 6


def test_a_name_in_another_field_is_seen_once_it_is_declared() -> None:
    assert "username" in Policy().account_fields
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/in", "in", lambda: ("no", 401) if request.form else "", methods=["POST"])
    client = client_at(guarded(app, account_fields=["matricule"], failed_logins_per_account="2 per hour"))
    data = {"matricule": "7", "password": "guess"}
    answers = [client.post("/in", data=data, base_url=HERE, headers=BROWSER).status_code for _ in range(3)]
    assert answers == [401, 401, 429]


@pytest.mark.parametrize("status", [401, 403])
def test_what_is_denied_elsewhere_is_an_event_and_never_counted(app: Flask, seen: Seen, status: int) -> None:
    app.add_url_rule("/secret", "secret", lambda: ("no", status))
    Garrison(app, proxies=0, failed_logins_per_client="3 per hour")
    client = Client(app)
    for _ in range(9):
        assert client.get("/secret", base_url=HERE).status_code == status
    told = [event for event in seen() if event.name == "authz_fail"]
    assert told[0].event == "authz_fail:,secret"
    assert (told[0].control, told[0].outcome, told[0].status) == (CONTROL, "allowed", status)
    answer = client.post("/login", base_url=HERE, headers=BROWSER, data={"username": "ada", "password": "engine"})
    assert answer.status_code == 302


def test_a_failed_login_and_a_refusal_by_garrison_have_one_event_each(app: Flask, seen: Seen) -> None:
    Garrison(app, proxies=0)
    client = Client(app)
    client.post("/token", base_url=HERE, headers=BROWSER, json={"email": "ada", "password": "x"})
    client.post("/buy", base_url=HERE, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    assert [event.name for event in seen() if event.control in (CONTROL, "inputs.csrf")] == [
        "authn_login_fail",
        "malicious_cors",
    ]
