"""Requests of the server to an address that a client chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.http_clients import CLIENTS, VERBS, is_adapted, was_asked
from ...code.models.urls import is_path
from ...code.values.objects import Sequence
from ...code.values.pieces import HOLE, Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

SSRF = Rule(
    id="inputs.ssrf",
    kind="code",
    control="inputs.outbound-requests",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(918,),
    asvs=("V1.3.6", "V13.2.4"),
    title="A client chooses where the server sends a request",
    why="The server stands where the client does not: behind the firewall, beside databases without a password and the "
    "address from which a cloud hands out its keys. It asks them on the client's behalf, and often shows the answer.",
    fix="Let the client choose a name, and look up the address in a dictionary of your own. Where any address must be "
    "allowed, resolve it, refuse what ipaddress calls private, connect to that very address, and follow no redirects.",
    before='requests.get(request.args["url"], timeout=5)',
    after='requests.get(FEEDS[request.args["feed"]], timeout=5)',
    guard="Nothing yet: the sensor at the socket comes in a later version.",
    language="python",
    lesson="assessment-fetch-a-url",
)

_HOST_FIXED: Final = re.compile(
    r"(?i)(?:[a-z][a-z0-9+.-]*:)?//[^/?#\\]*[^/?#\\@:][/?#\\]|(?:[a-z+]+:)?//[^/?#\\]+:\d+[/?#]"
)
_SECOND: Final = ("request", "stream", "urlopen")
_FIRST: Final = (*VERBS, *_SECOND)


def _paths() -> Iterator[str]:
    for library in ("requests", "httpx", "aiohttp", "urllib3", "grequests", "niquests"):
        yield from (f"{library}.{name}" for name in (*VERBS, "request", "stream"))
    for client in CLIENTS:
        yield from (f"{client}.{name}" for name in _FIRST)
        yield from (f"{client}.{name}" for name in ("ws_connect", "send"))
    yield from ("urllib.request.urlopen", "urllib.request.urlretrieve", "urllib.request.OpenerDirector().open")
    yield from ("urllib.request.build_opener().open", "urllib3.connection_from_url", "websocket.create_connection")


@checks(SSRF, reads="call", of=tuple(_paths()))
def address_of_request(call: Call) -> Iterator[Match]:
    """``requests.get(url)`` and its like."""
    name = call.path.rpartition(".")[2]
    position = 1 if name in _SECOND and not call.path.startswith("urllib.") else 0
    yield from _found(call, call.arg(position, "url", "fullurl"))


@checks(
    SSRF,
    reads="call",
    of=(
        *(f"http.client.{kind}Connection" for kind in ("HTTP", "HTTPS")),
        *(f"{name}.{kind}" for name, kind in (("ftplib", "FTP"), ("ftplib", "FTP_TLS"), ("telnetlib", "Telnet"))),
        "smtplib.SMTP",
        "smtplib.SMTP_SSL",
        "paramiko.SSHClient().connect",
        "ldap.initialize",
        "ldap3.Server",
        "socket.create_connection",
        "socket.socket().connect",
        "asyncio.open_connection",
        "urllib3.HTTPConnectionPool",
        "urllib3.HTTPSConnectionPool",
        "xmlrpc.client.ServerProxy",
        "zeep.Client",
        "redis.from_url",
    ),
)
def host_of_connection(call: Call) -> Iterator[Match]:
    """``create_connection((host, port))`` and its like: the host is an argument of its own."""
    value = call.arg(0, "host", "hostname", "address", "uri", "wsdl", "url")
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Sequence) and ref.kind == "tuple" and ref.payload[0]:
            value = ref.payload[0][0]
    yield from _found(call, value)


@checks(
    SSRF,
    reads="call",
    of=(
        "feedparser.parse",
        "weasyprint.HTML",
        "pdfkit.from_url",
        "imgkit.from_url",
        "trafilatura.fetch_url",
        "newspaper.Article",
        "wget.download",
        "?.goto",
        "selenium.webdriver.Chrome().get",
        "selenium.webdriver.Firefox().get",
        "selenium.webdriver.Remote().get",
    ),
)
def address_of_page(call: Call) -> Iterator[Match]:
    """What reads a page by its address for another purpose."""
    if call.path == "weasyprint.HTML" and not call.given(None, "url") and not call.args:
        return
    yield from _found(call, call.arg(0, "url", "url_file_stream_or_string"))


@checks(SSRF, reads="call", of=("boto3.client", "boto3.resource", "elasticsearch.Elasticsearch", "pymongo.MongoClient"))
def address_of_service(call: Call) -> Iterator[Match]:
    """Clients of services that are told where the service is."""
    aws = call.path.startswith("boto3")
    yield from _found(call, call.arg(None if aws else 0, "endpoint_url" if aws else "host", "hosts"))


@checks(SSRF, reads="call", of=("pycurl.Curl().setopt",))
def address_of_curl(call: Call) -> Iterator[Match]:
    """``curl.setopt(curl.URL, url)``."""
    option = call.arg(0)
    if option is not None and option.path.endswith(".URL"):
        yield from _found(call, call.arg(1))


@checks(SSRF, reads="call", of=("pandas.read_csv", "pandas.read_json", "pandas.read_html", "pandas.read_excel"))
def address_of_table(call: Call) -> Iterator[Match]:
    """``pandas.read_csv(address)``: a file or an address."""
    for hole in call.tainted(call.arg(0, "filepath_or_buffer", "path_or_buf", "io"), Use.HOST):
        if not hole.before and hole.value.path != "werkzeug.FileStorage()":
            yield call.flow(hole, Use.HOST, f"{call.name}() reads from an address that a client chose")


def _found(call: Call, value: Value | None) -> Iterator[Match]:
    for hole in call.tainted(value, Use.HOST):
        if _host_is_fixed(hole):
            continue
        judged = was_asked(call.machine, hole.value) or is_adapted(call.machine, call.receiver)
        confidence = Confidence.LOW if judged or _doubtful(hole) else None
        yield call.flow(
            hole, Use.HOST, f"{call.name or call.path}() goes to a host that a client chose", confidence=confidence
        )


def _host_is_fixed(hole: Hole) -> bool:
    """Return whether the host ends before a value, or the value cannot be part of one."""
    before = hole.before
    if _HOST_FIXED.match(before) or is_path(before):
        return True
    begins = [text for kind, text in hole.value.facts if kind == "begins"]
    if "://" in before and before.partition("://")[2] and any(text.startswith("/") for text in begins):
        return True
    return before.startswith(HOLE) and len(before) > 1 and any(sign in before for sign in "/?#:")


def _doubtful(hole: Hole) -> bool:
    """Return whether what stands before is not known: an address of the configuration, mostly with its slash."""
    return hole.before.endswith(HOLE) or hole.before.startswith(HOLE)
