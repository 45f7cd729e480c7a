"""Answers as they leave: copies, lengths, ETags, streams, other kinds of content."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest
from flask import Flask, Response, jsonify, make_response, render_template_string, request, stream_template_string

from flask_garrison import Policy, csp_nonce
from flask_garrison.events import SecurityEvent

from .support import get, nonce_of, page, shop, short

PAGE = "<p>hello</p><script>go()</script>"
SENT = '<p>hello</p><script nonce="N">go()</script>'
FORM = '<form method="post" action="/buy"></form>'


def render() -> str:
    return render_template_string(PAGE)


def app_with(view: Callable[[], object], policy: Policy | None = None) -> Flask:
    app = shop(policy=policy)
    app.add_url_rule("/", "view", view)  # type: ignore[arg-type]
    return app


def test_each_answer_has_a_nonce_of_its_own_and_the_right_length() -> None:
    app = app_with(render)
    first, second = get(app, "/"), get(app, "/")
    assert page(first) == page(second) == SENT
    assert nonce_of(first) != nonce_of(second)
    assert first.content_length == len(first.data)


def test_a_response_that_the_app_keeps_stays_sealed() -> None:
    @lru_cache
    def kept() -> Response:
        return make_response(render())

    app = app_with(kept)
    assert page(get(app, "/")) == page(get(app, "/")) == SENT
    with app.test_request_context("/"):
        assert short(kept().get_data(as_text=True)) == "<p>hello</p><script nonce=*>go()</script>"
        assert "Content-Security-Policy" not in kept().headers


def test_an_etag_set_by_the_view_is_kept_and_answers_304() -> None:
    def view() -> Response:
        response = make_response(render())
        response.add_etag()
        return response.make_conditional(request)

    app = app_with(view)
    etag = get(app, "/").headers["ETag"]
    assert get(app, "/").headers["ETag"] == etag
    again = get(app, "/", **{"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert "nonce" not in str(again.headers)


def test_an_etag_made_after_us_leaves_the_nonce_out() -> None:
    app = app_with(lambda: render_template_string(PAGE, n=request.args.get("n")) + request.args.get("n", ""))

    @app.after_request
    def tag(response: Response) -> Response:
        response.add_etag()
        return response.make_conditional(request)

    etag = get(app, "/").headers["ETag"]
    assert get(app, "/", **{"If-None-Match": etag}).status_code == 304
    assert get(app, "/?n=1", **{"If-None-Match": etag}).status_code == 200


def test_html_that_an_after_request_function_adds() -> None:
    app = app_with(render)

    @app.after_request
    def append(response: Response) -> Response:
        response.set_data(response.get_data(as_text=True) + render_template_string("<script>more()</script>"))
        return response

    assert page(get(app, "/")) == SENT + '<script nonce="N">more()</script>'


def test_a_body_that_an_after_request_function_compresses() -> None:
    app = app_with(render)

    @app.after_request
    def compress(response: Response) -> Response:
        response.set_data(gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response

    answer = get(app, "/")
    assert gzip.decompress(answer.data).decode().replace(nonce_of(answer), "N") == SENT


@pytest.mark.parametrize(
    "view",
    [
        lambda: jsonify(html=render()),
        lambda: Response(render(), mimetype="text/plain"),
        lambda: Response(render(), headers={"Content-Encoding": "x"}),
        lambda: Response(render(), headers={"Content-Range": "bytes 0-1/2"}),
        lambda: Response(render(), content_type="text/html; charset=utf-7"),
        lambda: Response([render()], direct_passthrough=True),
    ],
)
def test_other_answers_are_left_sealed(view: Callable[[], Response]) -> None:
    assert "=garrison-seal-1." in get(app_with(view), "/").text


def test_latin_1() -> None:
    template = "<script>'é'</script>"
    app = app_with(
        lambda: Response(render_template_string(template).encode("latin-1"), content_type="text/html; charset=latin-1")
    )
    answer = get(app, "/")
    assert answer.data.decode("latin-1").replace(nonce_of(answer), "N") == "<script nonce=\"N\">'é'</script>"


def test_xhtml() -> None:
    app = app_with(lambda: Response(render(), mimetype="application/xhtml+xml"))
    assert page(get(app, "/")) == SENT


def test_streamed_templates() -> None:
    app = shop()

    @app.get("/template")
    def template() -> Iterator[str]:
        return stream_template_string("{% for a in 'xy' %}<script>{{ a }}</script>{% endfor %}")

    assert page(get(app, "/template")) == '<script nonce="N">x</script><script nonce="N">y</script>'


def test_a_stream_is_closed_and_its_chunks_are_joined_where_a_marker_was_cut() -> None:
    closed: list[bool] = []
    app = shop()

    @app.get("/")
    def view() -> Response:
        text = render()

        def chunks() -> Iterator[str | bytes]:
            try:
                yield "é"
                yield text[:30]
                yield text[30:].encode()
            finally:
                closed.append(True)

        return Response(chunks(), headers={"Content-Length": "5"})

    answer = get(app, "/")
    assert page(answer) == "é" + SENT
    assert closed == [True]
    assert "Content-Length" not in answer.headers

    with app.test_client() as client:
        client.get("/", buffered=False).close()
    assert closed == [True, True]


def test_a_stream_that_fails_half_way() -> None:
    app = shop()

    @app.get("/")
    def view() -> Response:
        def chunks() -> Iterator[str]:
            yield "before"
            raise RuntimeError("half way")

        return Response(chunks())

    response = app.test_client().get("/", buffered=False)
    received = iter(response.response)
    assert next(received) == b"before"
    with pytest.raises(RuntimeError, match="half way"):
        next(received)


def test_legacy_browsers_get_a_token_and_modern_ones_do_not() -> None:
    app = app_with(lambda: render_template_string(FORM))
    assert get(app, "/").text == FORM
    assert "Set-Cookie" not in get(app, "/").headers
    legacy = app.test_client().get("/")
    assert 'action="/buy"><input type="hidden" name="_garrison_csrf" value="' in legacy.text
    assert "Set-Cookie" in legacy.headers


def test_a_stream_decides_about_the_token_before_it_begins() -> None:
    app = app_with(lambda: Response(iter([render_template_string(FORM)])))
    legacy = app.test_client().get("/")
    assert 'name="_garrison_csrf"' in legacy.text
    assert "Set-Cookie" in legacy.headers


def test_a_marker_that_does_not_verify_is_one_event(seen: Callable[[], list[SecurityEvent]]) -> None:
    app = app_with(lambda: render().replace("go", "no") + render().replace("go", "so"))
    assert get(app, "/").text.count("=garrison-seal-1.") == 2
    found = [event for event in seen() if event.name == "malicious_extraneous"]
    assert len(found) == 1
    assert (found[0].control, found[0].outcome, found[0].detail["markers"]) == ("headers.csp", "refused", 2)


def test_nothing_happens_without_a_request_or_in_another_app() -> None:
    app, other = shop(), shop()
    with app.app_context():
        assert render() == PAGE
    with app.test_request_context("/"):
        assert other.jinja_env.from_string(PAGE).render() == PAGE


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ({"headers.csp": "off", "inputs.csrf": "off"}, PAGE + FORM),
        ({"headers.csp": "off"}, PAGE + FORM[:5] + " data-garrison=*" + FORM[5:]),
        ({"inputs.csrf": "off"}, "<p>hello</p><script nonce=*>go()</script>" + FORM),
    ],
)
def test_a_control_that_is_off_marks_nothing(modes: dict[str, str], expected: str) -> None:
    texts: list[str] = []
    app = app_with(lambda: texts.append(render_template_string(PAGE + FORM)) or "", Policy(modes=modes))  # type: ignore[arg-type]
    get(app, "/")
    assert short(texts[0]) == expected


def test_csp_nonce() -> None:
    app = app_with(lambda: f"<script nonce={csp_nonce()}>1</script>" + render_template_string("{{ csp_nonce() }}"))
    answer = get(app, "/")
    assert page(answer) == "<script nonce=N>1</script>N"
    assert csp_nonce() == ""


@pytest.mark.parametrize("disposition", ["attachment", 'ATTACHMENT; filename="page.html"'])
@pytest.mark.parametrize("wrap", [lambda text: text, lambda text: iter([text[:20], text[20:]])])
def test_a_page_that_is_saved_as_a_file_is_what_the_template_says(
    wrap: Callable[[str], object], disposition: str
) -> None:
    template = PAGE + '<link rel="stylesheet" href="/a.css">' + FORM
    headers = {"Content-Disposition": disposition, "Content-Type": "text/html"}
    app = app_with(lambda: Response(wrap(render_template_string(template)), headers=headers))  # type: ignore[arg-type]
    answer = app.test_client().get("/")
    assert answer.text == template
    assert "Set-Cookie" not in answer.headers
    assert get(app, "/").text == template


def test_a_page_that_is_shown_inline_keeps_its_nonces() -> None:
    app = app_with(lambda: Response(render(), headers={"Content-Disposition": "inline"}, mimetype="text/html"))
    assert page(get(app, "/")) == SENT
