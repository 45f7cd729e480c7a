"""Addresses that a client sends and an application judges by itself: what its judgement is worth."""

from __future__ import annotations

from textwrap import dedent

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.support import found

HEAD = """
import os
from flask import Flask, request, redirect
app = Flask(__name__)
"""
SURE = [(Severity.HIGH, Confidence.HIGH)]
DOUBTED = [(Severity.LOW, Confidence.LOW)]


def of(rule: str, code: str) -> list[tuple[Severity, Confidence]]:
    text = dedent(HEAD) + dedent(code)
    return [(one.severity, one.confidence) for one in found(text, rule)]


ADAPTED = """
import requests
from requests.adapters import HTTPAdapter
class Careful(HTTPAdapter):
    def {}(self, *args, **kwargs):
        return None
class Session(requests.Session):
    def __init__(self):
        self.mount("https://", Careful())
@app.route("/")
def view():
    Session().get(request.args["url"])
    return ""
"""


def test_a_session_with_connections_of_its_own_may_refuse_addresses() -> None:
    assert of("inputs.ssrf", ADAPTED.format("init_poolmanager")) == DOUBTED
    assert of("inputs.ssrf", ADAPTED.format("send")) == SURE


def test_a_test_of_the_network_that_can_be_switched_off_is_a_doubt() -> None:
    code = """
    import ipaddress, socket, requests
    from urllib.parse import urlparse
    def allowed(url):
        if os.getenv("ALLOW_PRIVATE"):
            return True
        {}
        return True
    @app.route("/")
    def view():
        url = request.args["url"]
        if not allowed(url):
            return "no"
        requests.get(url)
        return ""
    """
    lookup = (
        "if ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname)).is_private:\n            return False"
    )
    assert of("inputs.ssrf", code.format(lookup)) == DOUBTED
    assert of("inputs.ssrf", code.format("pass")) == SURE


def test_an_earlier_way_out_does_not_hide_what_a_function_proves() -> None:
    code = """
    from urllib.parse import urlparse
    def is_own(url):
        if url.startswith("///"):
            return False
        hosts = [urlparse(request.host_url).netloc]
        return urlparse(url).netloc in hosts
    @app.route("/")
    def view():
        if is_own(request.args["next"]):
            return redirect(request.args["next"])
        return ""
    """
    assert of("access.open-redirect", code) == []
    assert of("access.open-redirect", code.replace("netloc in", "path in")) != []


def test_a_glob_of_hosts_is_as_good_as_the_glob() -> None:
    code = """
    from fnmatch import fnmatch
    from urllib.parse import urlparse
    @app.route("/")
    def view():
        target = request.args["next"]
        if any(fnmatch(urlparse(target).netloc, one) for one in {}):
            return redirect(target)
        return ""
    """
    assert of("access.open-redirect", code.format('app.config["HOSTS"]')) == [(Severity.LOW, Confidence.LOW)]
    assert of("access.open-redirect", code.format('[request.args["glob"]]')) == [(Severity.MEDIUM, Confidence.HIGH)]
