"""The test server serves over HTTP and HTTPS, several at once, and ends with its block."""

import ssl
from collections.abc import Callable

import flask
import httpx
import pytest

from tests.support.process import answers
from tests.support.server import Site, certificate_authority
from tests.support.server import serve as served


def make_app(text: str) -> flask.Flask:
    app = flask.Flask(text)
    app.add_url_rule("/", view_func=lambda: f"{text} {flask.request.scheme}")
    return app


def test_two_apps_at_once_and_gone_afterwards() -> None:
    with served(make_app("one")) as one, served(make_app("two")) as two:
        assert httpx.get(one + "/").text == "one http"
        assert httpx.get(two + "/").text == "two http"
    assert not answers(one.port)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_https_with_a_certificate_that_its_authority_signed(serve: Callable[..., Site], host: str) -> None:
    trust = ssl.create_default_context()
    certificate_authority().configure_trust(trust)
    site = serve(make_app("safe"), ssl=True)
    assert httpx.get(site.on(host) + "/", verify=trust).text == "safe https"


def test_a_site_knows_its_port_and_other_names() -> None:
    site = Site("https://127.0.0.1:8443")
    assert (site.port, site.on("shop.test"), site + "/x") == (
        8443,
        "https://shop.test:8443",
        "https://127.0.0.1:8443/x",
    )
