"""Requests of the server to an address that a client chose."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

SSRF: dict[str, list[str]] = {
    "get() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        return requests.get(request.args["u"]).text  # found
    """,
        """
    from flask import Flask, abort, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = request.args["u"]
        if not u.startswith("http://"):
            abort(400)
        return requests.get(url=u).text  # found
    """,
        """
    from flask import Flask, request
    import httpx

    app = Flask(__name__)

    @app.get("/")
    def v():
        h = request.args["h"]
        return httpx.get(f"http://{h}:8080/status").text  # found
    """,
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        return requests.get("https://api.example.com" + request.args["p"]).text  # found
    """,
        """
    from flask import Flask, abort, request
    from urllib.parse import urlparse
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = request.args["u"]
        if urlparse(u).hostname in ("localhost", "127.0.0.1"):
            abort(400)
        return requests.get(u).text  # found
    """,
        """
    from flask import Flask, request
    import aiohttp

    app = Flask(__name__)

    @app.get("/")
    async def v():
        async with aiohttp.ClientSession() as c:
            async with c.get(request.args["u"]) as r:  # found
                return await r.text()
    """,
        """
    from flask import Flask, request
    import httpx

    app = Flask(__name__)

    @app.get("/")
    async def v():
        async with httpx.AsyncClient() as c:
            r = await c.get(request.args["u"])  # found
        return r.text
    """,
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    class Fetcher:
        def __init__(self, url):
            self.url = url
        def run(self):
            with requests.Session() as s:
                return s.get(self.url, timeout=3)  # found

    @app.post("/")
    def v():
        return Fetcher(request.json.get("u")).run().text
    """,
        """
    from flask import Flask, abort, request
    from urllib.parse import urlparse
    import requests

    app = Flask(__name__)
    ALLOW = ("example.com",)

    @app.get("/")
    def v():
        u = request.args["u"]
        if not urlparse(u).netloc.endswith(ALLOW):
            abort(400)
        return requests.get(u).text  # found
    """,
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        kw = {"url": request.args["u"], "timeout": 3}
        return requests.get(**kw).text  # found
    """,
        """
    from flask import Flask, jsonify, request
    import requests
    from concurrent.futures import ThreadPoolExecutor

    app = Flask(__name__)

    @app.post("/")
    def v():
        with ThreadPoolExecutor() as ex:
            rs = list(ex.map(requests.get, request.json["urls"]))  # found
        return jsonify(len(rs))
    """,
    ],
    "post() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        sess = requests.Session()
        return sess.post(request.json["hook"], json={}).text  # found
    """,
    ],
    "create_connection() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import socket

    app = Flask(__name__)

    @app.get("/")
    def v():
        s = socket.create_connection((request.args["h"], 25))  # found
        return "x"
    """,
    ],
    "HTTPSConnection() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import http.client

    app = Flask(__name__)

    @app.get("/")
    def v():
        c = http.client.HTTPSConnection(request.args["h"])  # found
        c.request("GET", "/")
        return "x"
    """,
    ],
    "urlopen() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import urllib.request

    app = Flask(__name__)

    @app.get("/")
    def v():
        r = urllib.request.Request(request.args["h"])
        return urllib.request.urlopen(r).read()  # found
    """,
    ],
    "request() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import urllib3

    app = Flask(__name__)
    http = urllib3.PoolManager()

    @app.get("/")
    def v():
        return http.request("GET", request.args["u"]).data  # found
    """,
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        return requests.request("GET", request.args["u"]).text  # found
    """,
    ],
    "setopt() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import pycurl

    app = Flask(__name__)

    @app.get("/")
    def v():
        c = pycurl.Curl()
        c.setopt(pycurl.URL, request.args["u"])  # found
        c.perform()
        return ""
    """,
    ],
    "FTP() goes to a host that a client chose": [
        """
    from flask import Flask, request
    from ftplib import FTP

    app = Flask(__name__)

    @app.get("/")
    def v():
        f = FTP(request.args["h"])  # found
        return ""
    """,
    ],
    "read_csv() reads from an address that a client chose": [
        """
    from flask import Flask, request
    import pandas as pd

    app = Flask(__name__)

    @app.get("/")
    def v():
        return pd.read_csv(request.args["u"]).to_json()  # found
    """,
    ],
    "parse() goes to a host that a client chose": [
        """
    from flask import Flask, jsonify, request
    import feedparser

    app = Flask(__name__)

    @app.get("/")
    def v():
        return jsonify(feedparser.parse(request.args["u"]).entries)  # found
    """,
    ],
    "send() goes to a host that a client chose": [
        """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        req = requests.Request("GET", request.args["u"]).prepare()
        with requests.Session() as s:
            return s.send(req).text  # found
    """,
    ],
}
NO_SSRF: list[str] = [
    """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        return requests.get("https://api.example.com/u/" + request.args["p"]).text
    """,
    """
    from flask import Flask, abort, request
    from urllib.parse import urlparse
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = request.args["u"]
        if urlparse(u).hostname not in {"a.example", "b.example"}:
            abort(400)
        return requests.get(u).text
    """,
    """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        return requests.get("https://api.example.com/", params={"q": request.args["p"]}).text
    """,
    """
    from flask import Flask, abort, request
    from urllib.parse import urlparse
    import requests, socket, ipaddress

    app = Flask(__name__)

    def public(u):
        h = urlparse(u).hostname
        ip = ipaddress.ip_address(socket.gethostbyname(h))
        return not ip.is_private

    @app.get("/")
    def v():
        u = request.args["u"]
        if not public(u):
            abort(400)
        return requests.get(u).text
    """,
    """
    from flask import Flask, abort, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        u = request.args["u"]
        if not u.startswith("https://cdn.example.com/"):
            abort(400)
        return requests.get(u).text
    """,
    """
    from flask import Flask, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        base = app.config["API"]
        return requests.get(f"{base}/items/{request.args['a']}").text
    """,
    """
    from flask import Flask, abort, request
    from urllib.parse import urlparse
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        host = urlparse(request.args["u"]).hostname or ""
        if not (host == "example.com" or host.endswith(".example.com")):
            abort(400)
        return requests.get(request.args["u"]).text
    """,
    """
    from flask import Flask, request
    import requests

    app = Flask(__name__)
    S = {"a": "https://a.example", "b": "https://b.example"}

    @app.get("/")
    def v():
        base = S[request.args["s"]]
        return requests.get(f"{base}/v1/status").text
    """,
    """
    from flask import Flask, request
    import httpx

    app = Flask(__name__)

    @app.get("/")
    def v():
        with httpx.Client(base_url="https://api.example") as c:
            return c.get("/items", params={"q": request.args["q"]}).text
    """,
    """
    import re
    from flask import Flask, abort, request
    import requests

    app = Flask(__name__)

    @app.get("/")
    def v():
        r = re.fullmatch(r"[a-z]{2,10}", request.args["t"])
        if r is None:
            abort(400)
        t = request.args["t"]
        return requests.get(f"https://{t}.example.com/").text
    """,
    """
    from flask import Flask, request
    from urllib.parse import urlsplit
    import requests, socket, ipaddress

    app = Flask(__name__)

    def check(host):
        for info in socket.getaddrinfo(host, 443):
            ip = ipaddress.ip_address(info[4][0])
            if ip.is_private or ip.is_loopback:
                raise ValueError("inside")

    @app.get("/")
    def v():
        u = request.args["u"]
        check(urlsplit(u).hostname)
        return requests.get(u).text
    """,
    """
    from flask import Flask, current_app, request
    import requests

    app = Flask(__name__)

    @app.post("/")
    def v():
        return requests.post(current_app.config["HOOK"], json=request.get_json()).text
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in SSRF.items() for code in codes])
def test_ssrf_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.ssrf") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_SSRF)
def test_what_only_looks_like_ssrf_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.ssrf") == []
