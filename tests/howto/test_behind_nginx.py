"""The pages on proxies, with a real nginx: one, two, and on a subpath."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask

from tests.support import requirements
from tests.support.nginx import nginx
from tests.support.process import free_port
from tests.support.server import certificate_authority

from .pages import block

FORGED = {"X-Forwarded-For": "203.0.113.66", "X-Forwarded-Proto": "ftp", "X-Forwarded-Prefix": "//evil.example"}


class Front:
    """A visitor of ``https://shop.example``, which is nginx on a port of loopback."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self.port = port
        self.client = httpx.Client(verify=context, trust_env=False)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(
            f"https://127.0.0.1:{self.port}{path}",
            headers={"Host": "shop.example", **headers},
            extensions={"sni_hostname": "shop.example"},
        )


Open = Callable[[str, Flask], Front]


@pytest.fixture
def front(serve: Callable[..., Any], tmp_path: Path) -> Iterator[Open]:
    program = requirements.require(requirements.NGINX)
    certificate_authority().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    issued = certificate_authority().issue_cert("shop.example")
    for blob in issued.cert_chain_pems:
        blob.write_to_path(str(tmp_path / "shop.pem"), append=True)
    issued.private_key_pem.write_to_path(str(tmp_path / "shop.key"))
    with ExitStack() as stack:

        def start(page: str, app: Flask) -> Front:
            servers, port, inner = block(page, "nginx"), free_port(), free_port()
            changes = {
                "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
                "/etc/ssl/shop.example.pem": str(tmp_path / "shop.pem"),
                "/etc/ssl/shop.example.key": str(tmp_path / "shop.key"),
                "127.0.0.1:8000": f"127.0.0.1:{serve(app).port}",
            }
            if "8080" in servers:
                changes |= {"listen 8080": f"listen 127.0.0.1:{inner}", "127.0.0.1:8080": f"127.0.0.1:{inner}"}
            stack.enter_context(nginx(program, servers, changes, port=port, folder=tmp_path))
            visitor = Front(port, ssl.create_default_context(cafile=str(tmp_path / "ca.pem")))
            stack.callback(visitor.client.close)
            return visitor

        yield start


def app_of(page: str, *without: str) -> Flask:
    source = block(page, "python")
    for words in without:
        assert words in source
        source = source.replace(words, "")
    names: dict[str, Any] = {"__name__": "howto"}
    exec(compile(source, f"{page}.md", "exec"), names)  # noqa: S102 - the page is ours
    app: Flask = names["app"]
    return app


@pytest.mark.parametrize("page", ["behind-nginx", "behind-two-proxies"])
def test_the_visitor_is_known_by_address_scheme_and_host(front: Open, page: str) -> None:
    answer = front(page, app_of(page)).get("/", **FORGED)
    assert answer.json() == {"client": "127.0.0.1", "scheme": "https", "host": "shop.example"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=86400"


@pytest.mark.parametrize(("page", "line"), [("behind-nginx", ", proxies=1"), ("behind-two-proxies", ", proxies=2")])
def test_without_the_line_it_is_503_and_the_log_prints_it(
    front: Open, page: str, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert front(page, app_of(page, line)).get("/").status_code == 503
    assert "proxies=" in caplog.text


def test_a_forged_host_is_refused(front: Open) -> None:
    assert front("behind-nginx", app_of("behind-nginx")).get("/", Host="evil.example").status_code == 400


def test_on_a_subpath_links_and_the_cookie_are_its_own(front: Open) -> None:
    answer = front("on-a-subpath", app_of("on-a-subpath")).get("/desk/", **FORGED)
    assert answer.json() == {"here": "/desk/", "mail": "https://shop.example/desk/"}
    assert answer.headers["Set-Cookie"].startswith("__Host-session_desk=")
