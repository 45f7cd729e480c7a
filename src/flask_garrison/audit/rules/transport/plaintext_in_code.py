"""Passwords and tokens that the code sends over connections that nobody encrypts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.connections import address_of, is_encrypted
from ...code.values.objects import Mapping
from ...code.values.pieces import text_of
from ...code.values.value import Value
from ...rule import Match, Rule, checks

PLAINTEXT = Rule(
    id="transport.plaintext-protocol",
    kind="code",
    control="transport.encrypted-backends",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(319, 523),
    asvs=("V12.3.1", "V12.3.3"),
    title="A password is sent over a connection that is not encrypted",
    why="Everybody on the way reads it, and can change what is sent: on the same network, at every hop, and in every "
    "recording of the traffic.",
    fix="Take the protocol's encrypted form: `FTP_TLS` or SFTP, SSH for telnet, `SMTP_SSL` or `starttls()` before the "
    "login, `ldaps://` or `start_tls_s()`, `https://`.",
    before="relay = smtplib.SMTP(host)\nrelay.login(user, password)",
    after="relay = smtplib.SMTP(host)\nrelay.starttls(context=ssl.create_default_context())\n"
    "relay.login(user, password)",
    guard="Nothing: what the application asks of others does not pass by Garrison.",
    language="python",
)

_HERE: Final = re.compile(r"(?:localhost|127(?:\.\d+){3}|\[?::1\]?|host\.docker\.internal)(?::\d+)?$", re.IGNORECASE)


def _is_here(value: Value) -> bool:
    """Return whether a connection is known to stay on this machine."""
    texts = value.texts()
    return bool(texts) and all(text.startswith("ldapi:") or _HERE.match(_host(text)) or not text for text in texts)


def _host(text: str) -> str:
    return text.partition("://")[2].partition("/")[0] if "://" in text else text


@checks(PLAINTEXT, reads="call", of=("ftplib.FTP().login", "ftplib.FTP", "aioftp.Client().login"))
def ftp(call: Call) -> Iterator[Match]:
    """``FTP(host).login(user, password)``; an anonymous login gives nothing away."""
    position = 1 if call.name == "FTP" else 0
    user = call.arg(position, "user")
    where = (call.arg(0, "host") or Value()) if position else address_of(call.receiver)
    if user is None or user.is_only("anonymous", "ftp", "") or _is_here(where):
        return
    yield call.match("FTP sends user and password in the clear")


@checks(PLAINTEXT, reads="call", of=("telnetlib.Telnet", "telnetlib3.open_connection", "Exscript.protocols.Telnet"))
def telnet(call: Call) -> Iterator[Match]:
    """``telnetlib.Telnet(host)``."""
    host = call.arg(0, "host")
    if host is None or not _is_here(host):
        yield call.match("Telnet sends everything in the clear, the login too")


_LOGINS: Final = (
    "smtplib.SMTP().login",
    "imaplib.IMAP4().login",
    "poplib.POP3().pass_",
    "ldap.initialize().simple_bind_s",
    "ldap.initialize().simple_bind",
    "ldap.initialize().bind_s",
    "ldap3.Connection().bind",
)
_NAMES: Final = {"smtplib": "SMTP", "imaplib": "IMAP", "poplib": "POP3", "ldap": "LDAP", "ldap3": "LDAP"}


@checks(PLAINTEXT, reads="call", of=_LOGINS)
def login(call: Call) -> Iterator[Match]:
    """A login before the connection is encrypted."""
    where = address_of(call.receiver)
    if is_encrypted(call.receiver) or _is_here(where) or _encrypted_address(where):
        return
    if call.path.startswith("ldap.") and (password := call.arg(1, "cred")) is not None and password.is_only("", None):
        return
    if call.path.startswith("ldap.") and len(call.args) < 2 and not call.keywords:
        # An anonymous bind.
        return
    protocol = _NAMES[call.path.partition(".")[0]]
    yield call.match(f"the login over {protocol} is not encrypted", confidence=_confidence(call, where))


def _encrypted_address(where: Value) -> bool:
    return any(text.startswith("ldaps:") for text in where.texts()) or text_of(where).startswith("ldaps:")


def _confidence(call: Call, where: Value) -> Confidence | None:
    """Of LDAP it is the address that says it: where that is not known, this is a guess."""
    known = text_of(where).startswith("ldap://")
    return None if known or not call.path.startswith("ldap.") else Confidence.LOW


_VERBS: Final = ("get", "post", "put", "patch", "delete", "head", "request")
_HTTP: Final = tuple(
    f"{module}.{verb}" for module in ("requests", "httpx", "requests.Session()", "httpx.Client()") for verb in _VERBS
)


@checks(PLAINTEXT, reads="call", of=_HTTP)
def http(call: Call) -> Iterator[Match]:
    """``requests.get("http://...", auth=(user, password))``."""
    position = 1 if call.name == "request" else 0
    address = call.text(position, "url")
    if not address.lower().startswith("http://"):
        return
    host = urlsplit(address.replace("\0", "x")).hostname or ""
    outside = "." in host and not host.endswith((".local", ".internal", ".test", ".example", ".localhost", ".svc"))
    if outside and not _HERE.match(host) and _gives_credentials(call):
        yield call.match("credentials are sent over plain HTTP")


def _gives_credentials(call: Call) -> bool:
    auth = call.keywords.get("auth")
    if auth is not None and not auth.is_only(None):
        return True
    headers = call.keywords.get("headers")
    names = [
        key
        for ref in (headers.refs if headers is not None else ())
        if isinstance(ref, Mapping)
        for key in ref.payload[0]
    ]
    return any(
        isinstance(name, str) and name.lower() in ("authorization", "x-api-key", "x-auth-token") for name in names
    )
