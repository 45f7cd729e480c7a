"""The gate acts whichever callable is served, first on the way in and last on the way out."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import flask_restful
import pytest
from flask import Flask, Response, request, stream_with_context
from werkzeug.exceptions import Forbidden
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, PolicyError
from flask_garrison.context import current
from flask_garrison.errors import GarrisonError
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]

Wsgi = Callable[..., Iterable[bytes]]
POLICY = "Content-Security-Policy"
ONCE = (POLICY, "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy")
CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


def served_before(app: Flask) -> Wsgi:
    wsgi = app.wsgi_app
    Garrison(app)
    return wsgi


def served_after(app: Flask) -> Wsgi:
    Garrison(app)
    return app.wsgi_app


def proxied_before(app: Flask) -> Wsgi:
    app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    Garrison(app)
    return app


def proxied_after(app: Flask) -> Wsgi:
    Garrison(app)
    return ProxyFix(app.wsgi_app)


def dispatched(app: Flask) -> Wsgi:
    Garrison(app)
    mounted = DispatcherMiddleware(app, {"/app": app})
    return lambda environ, start: mounted({**environ, "PATH_INFO": "/app" + environ["PATH_INFO"]}, start)


def unbound(app: Flask) -> Wsgi:
    Garrison(app)
    return lambda environ, start: Flask.wsgi_app(app, environ, start)


def plain(app: Flask) -> Wsgi:
    Garrison(app)
    return app


CALLABLES = [plain, served_before, served_after, proxied_before, proxied_after, dispatched, unbound]


@pytest.mark.parametrize("serve", CALLABLES)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("OPTIONS", "/", 200),
        ("GET", "/json", 200),
        ("GET", "/away", 302),
        ("GET", "/nothing", 404),
        ("GET", "/buy", 405),
        ("GET", "/boom", 500),
        ("POST", "/upload", 413),
        ("GET", "/stream", 200),
        ("GET", "/static/app.js", 200),
    ],
)
def test_every_callable_and_status_carries_each_header_once(
    app: Flask, serve: Callable[[Flask], Wsgi], method: str, path: str, status: int
) -> None:
    app.static_folder = str(Path(__file__).parent / "static")
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/upload", "upload", lambda: request.get_data(), methods=["POST"])
    app.add_url_rule("/stream", "stream", lambda: Response(iter(["a", "b"]), mimetype="text/html"))
    answer = Client(serve(app)).open(path, method=method, data=b"x" * 11 if method == "POST" else None)
    assert answer.status_code == status
    assert {name: len(answer.headers.getlist(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)


@pytest.mark.parametrize("serve", CALLABLES)
def test_every_callable_refuses_a_cross_site_post(app: Flask, serve: Callable[[Flask], Wsgi]) -> None:
    client = Client(serve(app))
    assert client.post("/buy", headers=CROSS_SITE).status_code == 403
    assert client.post("/buy", headers={"Sec-Fetch-Site": "same-origin"}).data == b"bought"


def test_guards_run_before_hooks_that_were_registered_earlier(app: Flask) -> None:
    called: list[str] = []
    app.before_request(lambda: called.append("hook"))
    Garrison(app)
    assert app.test_client().post("/buy", headers=CROSS_SITE).status_code == 403
    assert called == []


def test_the_apps_own_handler_renders_a_refusal(app: Flask) -> None:
    app.register_error_handler(Forbidden, lambda error: (f"our page: {error.description}", 403))
    Garrison(app)
    answer = app.test_client().post("/buy", headers=CROSS_SITE)
    assert answer.text.startswith("our page: This request was refused")
    assert POLICY in answer.headers


def test_a_handler_that_fails_does_not_let_the_request_pass(app: Flask) -> None:
    def handler(error: Exception) -> str:
        raise RuntimeError("in the handler")

    app.register_error_handler(403, handler)
    Garrison(app)
    answer = app.test_client().post("/buy", headers=CROSS_SITE)
    assert (answer.status_code, POLICY in answer.headers) == (403, True)
    assert "in the handler" not in answer.text


def test_a_failing_500_handler_gives_a_plain_guarded_page(app: Flask) -> None:
    def handler(error: Exception) -> str:
        raise RuntimeError("in the handler")

    app.register_error_handler(500, handler)
    Garrison(app)
    answer = app.test_client().get("/boom")
    assert (answer.status_code, POLICY in answer.headers) == (500, True)
    assert "RuntimeError" not in answer.text


def test_an_after_request_function_that_fails_still_gives_a_guarded_answer(app: Flask) -> None:
    def fail(response: Response) -> Response:
        raise RuntimeError("late")

    app.after_request(fail)
    Garrison(app)
    answer = app.test_client().get("/")
    assert (answer.status_code, POLICY in answer.headers) == (500, True)


def test_an_error_reaches_the_test_when_flask_propagates_it(app: Flask) -> None:
    app.testing = True
    Garrison(app)
    with pytest.raises(RuntimeError, match="secret inside"):
        app.test_client().get("/boom")


@pytest.mark.parametrize("first", ["garrison", "restful"])
def test_flask_restful_which_replaces_the_error_handler_is_guarded(app: Flask, first: str) -> None:
    class Broken(flask_restful.Resource):  # type: ignore[misc]
        def get(self) -> None:
            raise RuntimeError("secret inside")

    if first == "garrison":
        Garrison(app)
    api = flask_restful.Api(app)
    api.add_resource(Broken, "/api/broken")
    if first == "restful":
        Garrison(app)
    client = app.test_client()
    for path, status in (("/api/broken", 500), ("/api/nothing", 404)):
        answer = client.get(path)
        assert (answer.status_code, len(answer.headers.getlist(POLICY))) == (status, 1)


def test_an_extension_that_replaces_the_dispatch_and_never_calls_ours_is_guarded(app: Flask) -> None:
    Garrison(app)
    app.full_dispatch_request = lambda: Flask.full_dispatch_request(app)  # type: ignore[method-assign]
    client = app.test_client()
    assert client.post("/buy", headers=CROSS_SITE).status_code == 403
    assert POLICY in client.get("/").headers


def test_the_session_cookie_is_seen_although_flask_saves_it_after_after_request(app: Flask) -> None:
    Garrison(app)
    answer = app.test_client().post(
        "/login", base_url="https://shop.example", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_second_initialisation_changes_nothing(app: Flask) -> None:
    extension = Garrison(app)
    extension.init_app(app)
    Garrison(app)
    assert len(app.test_client().get("/").headers.getlist(POLICY)) == 1


def test_a_second_initialisation_with_another_policy_is_an_error(app: Flask) -> None:
    Garrison(app)
    with pytest.raises(PolicyError, match="another policy"):
        Garrison(app, Policy.strict())


def test_an_app_answered_inside_another_sends_each_header_once_with_one_nonce() -> None:
    inner = Flask("inner")
    inner.add_url_rule("/in/", "index", lambda: f"<p>{_nonce()}</p>")
    outer = Flask("outer")
    outer.add_url_rule("/in/", "pass_on", lambda: _answer_of(inner))
    Garrison(inner)
    Garrison(outer)
    answer = outer.test_client().get("/in/")
    nonce = answer.text.removeprefix("<p>").removesuffix("</p>")
    assert {name: len(answer.headers.getlist(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert f"'nonce-{nonce}'" in answer.headers[POLICY]
    assert answer.headers[POLICY].count("nonce-") == 1


def _nonce() -> str:
    context = current()
    assert context is not None
    return context.nonce


def _answer_of(app: Flask) -> Response:
    return Response.from_app(app, request.environ)


def test_two_apps_in_one_process_keep_their_own_policies() -> None:
    strict, loose = Flask("strict"), Flask("loose")
    for app in (strict, loose):
        app.add_url_rule("/", "index", lambda: "<p>")
    Garrison(strict, Policy.strict(hosts=["localhost"]))
    Garrison(loose)
    assert "default-src 'none'" in strict.test_client().get("/").headers[POLICY]
    assert "default-src" not in loose.test_client().get("/").headers[POLICY]


def test_an_object_that_is_not_an_app_is_refused_in_words() -> None:
    with pytest.raises(GarrisonError, match="is not a Flask application"):
        Garrison("shop")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="is not a Policy"):
        Garrison(None, {"mode": "off"})  # type: ignore[arg-type]


def test_off_leaves_the_app_as_it_is(app: Flask) -> None:
    bare = {"Content-Type": "text/html; charset=utf-8", "Content-Length": "13"}
    Garrison(app, mode="off")
    assert dict(app.test_client().get("/").headers) == bare
    assert app.test_client().post("/buy", headers=CROSS_SITE).status_code == 200


def test_each_thread_has_its_own_context(app: Flask) -> None:
    barrier = threading.Barrier(4)
    nonces: list[tuple[str, str]] = []

    def view() -> str:
        before = _nonce()
        barrier.wait(10)
        nonces.append((before, _nonce()))
        return ""

    app.add_url_rule("/wait", "wait", view)
    Garrison(app)
    threads = [threading.Thread(target=lambda: app.test_client().get("/wait")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(before == after for before, after in nonces)
    assert len(set(nonces)) == 4


GREENLETS = """
from gevent import monkey
monkey.patch_all()
import gevent, re
from flask import Flask
from flask_garrison import Garrison
from flask_garrison.context import current

app = Flask("shop")
app.secret_key = "a key for tests only, long enough to sign with"
Garrison(app)

@app.get("/wait")
def wait():
    before = current().nonce
    gevent.sleep(0.01)
    return f"{before}|{current().nonce}"

def visit():
    answer = app.test_client().get("/wait")
    before, after = answer.text.split("|")
    sent = re.search("'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
    return before if before == after == sent else None

jobs = [gevent.spawn(visit) for _ in range(20)]
gevent.joinall(jobs, timeout=20)
print(len({job.value for job in jobs} - {None}))
"""


def test_each_greenlet_has_its_own_context() -> None:
    result = subprocess.run([sys.executable, "-c", GREENLETS], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "20"


def test_an_async_view_sees_the_context_of_its_request(app: Flask) -> None:
    async def view() -> str:
        before = _nonce()
        await asyncio.sleep(0)
        return f"{before}|{_nonce()}"

    app.add_url_rule("/async", "async_view", view)
    Garrison(app)
    answer = app.test_client().get("/async")
    before, after = answer.text.split("|")
    assert before == after
    assert f"'nonce-{before}'" in answer.headers[POLICY]


def test_a_stream_sees_the_context_of_its_request(app: Flask) -> None:
    def chunks() -> Iterable[str]:
        yield _nonce()

    app.add_url_rule("/stream", "stream", lambda: Response(stream_with_context(chunks()), mimetype="text/html"))
    Garrison(app)
    answer = app.test_client().get("/stream")
    assert f"'nonce-{answer.text}'" in answer.headers[POLICY]


def test_outside_a_request_there_is_no_context(app: Flask) -> None:
    Garrison(app)
    assert current() is None
    with app.test_request_context("/"):
        assert current() is None


def test_a_tracer_that_patches_the_class_after_us_still_runs(app: Flask, monkeypatch: Any) -> None:
    Garrison(app)
    called: list[str] = []
    original = Flask.full_dispatch_request

    def traced(self: Flask) -> Response:
        called.append("traced")
        return original(self)

    monkeypatch.setattr(Flask, "full_dispatch_request", traced)
    assert app.test_client().get("/").status_code == 200
    assert called == ["traced"]


def test_a_response_that_the_app_keeps_gets_one_nonce_each_time(app: Flask) -> None:
    """The nonce of one visitor's answer must not be good in another's, and headers must not grow."""
    kept = Response("<h1>ready</h1>")
    app.add_url_rule("/ready", "ready", lambda: kept)
    Garrison(app, cors_origins=("https://partner.example",))
    first, second = (Client(app).get("/ready").headers for _ in range(2))
    assert first["Content-Security-Policy"].count("'nonce-") == second["Content-Security-Policy"].count("'nonce-") == 1
    assert first["Content-Security-Policy"] != second["Content-Security-Policy"]
    assert len(first) == len(second)
    assert "Content-Security-Policy" not in kept.headers


@pytest.mark.parametrize("way", ["arrivals", "departures"])
def test_a_guard_that_fails_gives_a_guarded_500_and_is_named(app: Flask, seen: Seen, way: str) -> None:
    Garrison(app)

    def fails(*arguments: object) -> None:
        raise LookupError("inside")

    getattr(app.extensions["garrison"], way).insert(0, fails)
    answer = Client(app).get("/")
    assert answer.status_code == 500
    assert {"Content-Security-Policy", "X-Content-Type-Options"} <= set(answer.headers.keys())
    assert "inside" not in answer.text
    assert seen()[0].detail == {"exception": "builtins.LookupError", "guard": __name__}
