"""The page on containers: the ingress speaks for visitors, the probe names an address."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from .pages import block

FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


@pytest.fixture
def app() -> Flask:
    names: dict[str, Flask] = {}
    exec(compile(block("in-a-container", "python"), "in-a-container.md", "exec"), names)  # noqa: S102 - ours
    return names["app"]


def get(app: Flask, path: str, peer: str, host: str = "shop.example", **headers: str) -> TestResponse:
    return Client(app).get(path, base_url=f"http://{host}", headers=headers, environ_overrides={"REMOTE_ADDR": peer})


def test_the_ingress_speaks_for_its_visitor(app: Flask) -> None:
    assert get(app, "/", "10.42.0.1", **FORWARDED).json == {"client": "203.0.113.9", "scheme": "https"}


def test_a_neighbour_in_the_cluster_does_not(app: Flask) -> None:
    assert get(app, "/", "10.99.0.1", **FORWARDED).status_code == 503


def test_a_probe_names_the_pods_address_over_plain_http(app: Flask) -> None:
    assert get(app, "/health", "10.43.0.1", host="10.42.7.3:8000").text == "ok"


def test_a_visitor_cannot(app: Flask) -> None:
    assert get(app, "/health", "10.42.0.1", host="10.42.7.3:8000", **FORWARDED).status_code == 400


def test_a_forwarded_request_is_no_probe(app: Flask) -> None:
    assert get(app, "/health", "10.43.0.1", host="10.42.7.3:8000", **FORWARDED).status_code == 400
