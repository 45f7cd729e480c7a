"""Outgoing connections whose certificate nobody checks, and protocols that are broken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Setting, Sighting
from ...code.models.tls import CONTEXT, SERVER_CONTEXT
from ...code.values.value import Value
from ...rule import Judged, Match, Rule, checks

TLS_OFF = Rule(
    id="transport.tls-verification-off",
    kind="code",
    control="transport.certificate-checks",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(295, 297),
    asvs=("V12.3.2",),
    title="A connection is made without checking whom it reaches",
    why="Whoever stands between the two ends answers with a certificate of their own, reads what is sent, passwords "
    "and tokens included, and changes what comes back. That it is encrypted does not help: it is encrypted for them.",
    fix="Leave the check on. Where the other side has a certificate of your own authority, name the file of that "
    "authority.",
    before='requests.get("https://billing.internal/rates", verify=False)',
    after='requests.get("https://billing.internal/rates", verify="/etc/ssl/our-authority.pem")',
    guard="Nothing: what the application asks of others does not pass by Garrison.",
    language="python",
    lesson="transport-verify-false-expired-certificate",
    items=(127,),
)
OLD_PROTOCOL = Rule(
    id="transport.old-protocol",
    kind="code",
    control="transport.tls-profile",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(326, 327),
    asvs=("V12.1.1",),
    title="A connection may use a version of TLS that is broken",
    why="SSL 2 and 3 give up what they carry to somebody in between; TLS 1.0 and 1.1 rest on MD5 and SHA-1, and every "
    "browser has dropped them. A version that is allowed is the one that an attacker asks for.",
    fix="Take `ssl.create_default_context()`, and leave its lowest version, or set it to TLS 1.2.",
    before="context.minimum_version = ssl.TLSVersion.TLSv1",
    after="context.minimum_version = ssl.TLSVersion.TLSv1_2",
    guard="Nothing: what the application asks of others does not pass by Garrison.",
    language="python",
)

_VERBS: Final = ("get", "post", "put", "patch", "delete", "head", "options", "request", "send", "stream")
_VERIFY: Final = (
    *(f"{module}.{verb}" for module in ("requests", "httpx", "requests.Session()") for verb in _VERBS),
    *("httpx.Client", "httpx.AsyncClient", "hvac.Client", "boto3.client", "boto3.resource", "httpx.HTTPTransport"),
    *(
        "httpx.AsyncHTTPTransport",
        "boto3.Session().client",
        "boto3.session.Session().client",
        "niquests.get",
        "niquests.post",
    ),
    *("consul.Consul", "influxdb_client.InfluxDBClient"),
)
_OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "ssl": (
        *(f"aiohttp.ClientSession().{verb}" for verb in _VERBS),
        *("aiohttp.TCPConnector", "aiohttp.request", "aiohttp.ClientSession().ws_connect"),
    ),
    "verify_ssl": (
        *(f"aiohttp.ClientSession().{verb}" for verb in _VERBS),
        *("aiohttp.TCPConnector", "influxdb.InfluxDBClient", "proxmoxer.ProxmoxAPI"),
    ),
    "verify_certs": ("elasticsearch.Elasticsearch", "opensearchpy.OpenSearch", "elasticsearch.AsyncElasticsearch"),
    "ssl_verify": ("gitlab.Gitlab", "pyzabbix.ZabbixAPI"),
    "assert_hostname": ("urllib3.PoolManager", "urllib3.HTTPSConnectionPool", "urllib3.ProxyManager"),
    "ssl_verify_cert": ("mysql.connector.connect", "pymysql.connect"),
    "validate_certs": ("fastapi_mail.ConnectionConfig", "aiosmtplib.SMTP", "aiosmtplib.send"),
}
_BY_CALL: Final = {path: name for name, paths in _OTHERS.items() for path in paths}
_ALLOWED: Final = ("tlsAllowInvalidCertificates", "tlsAllowInvalidHostnames", "tlsInsecure", "tls_insecure")
_REQUIREMENTS: Final = (
    *("urllib3.PoolManager", "urllib3.HTTPSConnectionPool", "urllib3.ProxyManager", "urllib3.connection_from_url"),
    *("ssl.wrap_socket", "ldap3.Tls", "redis.Redis", "redis.StrictRedis", "redis.from_url", "redis.Redis.from_url"),
    *(
        "kombu.Connection",
        "paho.mqtt.client.Client().tls_set",
        "?.tls_set",
        "redis.asyncio.Redis",
        "redis.asyncio.from_url",
    ),
)
_WORDS: Final = ("cert_reqs", "validate", "ssl_cert_reqs")
_TITLE: Final = "{}() does not check the certificate of the other side"


@checks(TLS_OFF, reads="call", of=_VERIFY)
def verify_off(call: Call) -> Iterator[Match]:
    """``verify=False``."""
    value = call.arg(None, "verify")
    if value is not None and value.is_only(False):
        yield call.match(_TITLE.format(call.path.removesuffix("()")))


@checks(TLS_OFF, reads="call", of=tuple(f"?.{verb}" for verb in _VERBS))
def verify_off_somewhere(call: Call) -> Iterator[Match]:
    """``session.get(url, verify=False)`` on something unknown: few other things have the argument."""
    value = call.keywords.get("verify")
    if value is not None and value.is_only(False) and call.args:
        yield call.match(_TITLE.format(call.name), severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)


@checks(TLS_OFF, reads="call", of=tuple(_BY_CALL))
def other_switches(call: Call) -> Iterator[Match]:
    """Other libraries have other names for it."""
    names = [name for name, paths in _OTHERS.items() if call.path in paths]
    given = [value for name in names if (value := call.keywords.get(name)) is not None]
    if any(value.is_only(False) for value in given):
        yield call.match(_TITLE.format(call.path))


@checks(
    TLS_OFF, reads="call", of=("pymongo.MongoClient", "motor.motor_asyncio.AsyncIOMotorClient", "mongoengine.connect")
)
def mongo(call: Call) -> Iterator[Match]:
    """``tlsAllowInvalidCertificates=True``."""
    if any((value := call.keywords.get(name)) is not None and value.is_only(True) for name in _ALLOWED):
        yield call.match(_TITLE.format(call.path))


def _is_none(value: Value | None, *, none: bool) -> bool:
    if value is None:
        return False
    return (
        value.path == "ssl.CERT_NONE" or value.is_only("CERT_NONE", "none", "NONE") or (none and value.is_only(None, 0))
    )


@checks(TLS_OFF, reads="call", of=_REQUIREMENTS)
def requirements(call: Call) -> Iterator[Match]:
    """``cert_reqs=ssl.CERT_NONE``; to redis, ``None`` says the same."""
    redis = call.path.startswith("redis")
    # To open a connection of ldap3 sends nothing yet.
    calls = _ASKS if call.path.startswith("ldap3.") else _SENDS
    if any(_is_none(call.keywords.get(name), none=redis) for name in _WORDS) and not _reads_certificate(call, calls):
        yield call.match(_TITLE.format(call.path))


@checks(TLS_OFF, reads="call", of=("ssl._create_unverified_context", "?.tls_insecure_set"))
def unverified_context(call: Call) -> Iterator[Match]:
    """``ssl._create_unverified_context()``."""
    if call.name != "tls_insecure_set" or (call.args and call.args[0].is_only(True)):
        yield call.match("a context is made that does not check certificates")


@checks(TLS_OFF, reads="call", of=("ldap.set_option", "?.set_option", "?.setopt"))
def options(call: Call) -> Iterator[Match]:
    """``ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)``, and of curl."""
    if len(call.args) < 2:
        return
    option, value = call.args[0].path.rpartition(".")[2], call.args[1]
    if option == "OPT_X_TLS_REQUIRE_CERT" and value.path.endswith((".OPT_X_TLS_NEVER", ".OPT_X_TLS_ALLOW")):
        yield call.match("LDAP connections do not check the certificate of the server")
    elif option in ("SSL_VERIFYPEER", "SSL_VERIFYHOST") and value.is_only(0, False):
        yield call.match("curl does not check the certificate of the other side")


@checks(TLS_OFF, reads="setting", of=("check_hostname", "verify_mode", "_create_default_https_context", "verify"))
def set_off(setting: Setting) -> Iterator[Judged]:
    """``context.verify_mode = ssl.CERT_NONE``, ``session.verify = False``: the last word counts."""
    if setting.is_item or not setting.key.known:
        return
    name, value, owner = setting.key.constant, setting.value, setting.owner
    slot = (owner.refs[:1] or owner, name)
    if name in ("verify_mode", "check_hostname") and owner.path != SERVER_CONTEXT:
        off = _is_none(value, none=False) if name == "verify_mode" else value.is_only(False) and owner.path == CONTEXT
        off = off and not _reads_certificate(setting)
        yield Judged(slot, setting.match(f"{name} is switched off: any certificate is accepted") if off else None)
    elif name == "verify" and owner.path in ("requests.Session()", "requests.sessions.Session()"):
        off = value.is_only(False)
        yield Judged(slot, setting.match("the session does not check certificates") if off else None)
    elif name == "_create_default_https_context" and owner.path == "ssl":
        off = value.path == "ssl._create_unverified_context"
        yield Judged(slot, setting.match("no connection of urllib checks certificates any more") if off else None)


_LOOKS: Final = frozenset({"getpeercert", "get_peer_certificate", "get_peer_cert_chain", "get_server_certificate"})
_SENDS: Final = frozenset(
    {"send", "sendall", "write", "sendto", "urlopen", "open", "get", "post", "login", "request", "makefile"}
)
_ASKS: Final = frozenset({"bind", "search", "add", "modify", "delete", "compare", "extended"})


def _reads_certificate(sighting: Sighting, sends: frozenset[str] = _SENDS) -> bool:
    """Return whether the function only looks at the other side's certificate, and sends nothing."""
    if sighting.function is None:
        return False
    names = {node.attr for node in ast.walk(sighting.function.node) if isinstance(node, ast.Attribute)}
    return not names.isdisjoint(_LOOKS) and names.isdisjoint(sends)


# --- versions ------------------------------------------------------------------------------------------------------

_OLD: Final = {
    "PROTOCOL_SSLv2": "SSL 2",
    "PROTOCOL_SSLv3": "SSL 3",
    "PROTOCOL_TLSv1": "TLS 1.0",
    "PROTOCOL_TLSv1_1": "TLS 1.1",
    "SSLv3": "SSL 3",
    "TLSv1": "TLS 1.0",
    "TLSv1_1": "TLS 1.1",
    "MINIMUM_SUPPORTED": "the oldest version that OpenSSL has",
    "SSLv2_METHOD": "SSL 2",
    "SSLv3_METHOD": "SSL 3",
    "TLSv1_METHOD": "TLS 1.0",
    "TLSv1_1_METHOD": "TLS 1.1",
}
_TAKERS: Final = (
    *(
        "ssl.SSLContext",
        "ssl.wrap_socket",
        "ssl.get_server_certificate",
        "urllib3.PoolManager",
        "urllib3.HTTPSConnectionPool",
    ),
    *("urllib3.util.create_urllib3_context", "OpenSSL.SSL.Context", "ldap3.Tls", "ssl._create_unverified_context"),
    *("?.wrap_socket", "?.init_poolmanager", "?.tls_set", "ssl._create_stdlib_context", "urllib3.ProxyManager"),
    *("requests.adapters.HTTPAdapter().init_poolmanager", "werkzeug.serving.run_simple", "?.set_tls"),
)
_VERSIONS: Final = ("ssl_version", "protocol", "tls_version", "ssl_minimum_version", "version", "method")


@checks(OLD_PROTOCOL, reads="call", of=_TAKERS)
def old_version(call: Call) -> Iterator[Match]:
    """``ssl.SSLContext(ssl.PROTOCOL_TLSv1)``."""
    given = [call.keywords.get(name) for name in _VERSIONS]
    if call.path in ("ssl.SSLContext", "OpenSSL.SSL.Context", "urllib3.util.create_urllib3_context") and call.args:
        given.append(call.args[0])
    for value in given:
        version = _old(value)
        if version:
            yield call.match(f"{call.path.removeprefix('?.')}() is told to use {version}")


@checks(OLD_PROTOCOL, reads="setting", of=("minimum_version", "maximum_version"))
def lowest_version(setting: Setting) -> Iterator[Judged]:
    """``context.minimum_version = ssl.TLSVersion.TLSv1``."""
    if not setting.is_item and setting.key.is_only("minimum_version"):
        version = _old(setting.value)
        match = setting.match(f"the lowest version of TLS that is allowed is {version}") if version else None
        yield Judged((setting.owner.refs[:1] or setting.owner, "minimum_version"), match)


def _old(value: Value | None) -> str:
    module, _, name = value.path.rpartition(".") if value is not None else ("", "", "")
    return _OLD.get(name, "") if module.startswith(("ssl", "OpenSSL", "urllib3", "_ssl")) else ""
