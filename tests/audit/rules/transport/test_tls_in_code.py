"""Connections that the code makes without a check, and old versions of TLS."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

OFF = "transport.tls-verification-off"
OLD = "transport.old-protocol"


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        (
            'import requests\nrequests.get("https://a.test", verify=False)\n',
            2,
            "requests.get() does not check the certificate of the other side",
        ),
        (
            'import httpx\nOPTIONS = {"verify": 1 > 2}\nclient = httpx.Client(**OPTIONS)\n',
            3,
            "httpx.Client() does not check the certificate of the other side",
        ),
        (
            "import requests\nsession = requests.Session()\nsession.verify = False\n",
            3,
            "the session does not check certificates",
        ),
        (
            "import aiohttp\nconnector = aiohttp.TCPConnector(ssl=False)\n",
            2,
            "aiohttp.TCPConnector() does not check the certificate of the other side",
        ),
        (
            'import urllib3\npool = urllib3.PoolManager(cert_reqs="CERT_NONE")\n',
            2,
            "urllib3.PoolManager() does not check the certificate of the other side",
        ),
        (
            "import ssl\ncontext = ssl._create_unverified_context()\n",
            2,
            "a context is made that does not check certificates",
        ),
        (
            "import ssl\nssl._create_default_https_context = ssl._create_unverified_context\n",
            2,
            "no connection of urllib checks certificates any more",
        ),
        (
            "import ssl\ncontext = ssl.create_default_context()\ncontext.check_hostname = False\n",
            3,
            "check_hostname is switched off: any certificate is accepted",
        ),
        (
            "import ssl\ncontext = ssl.SSLContext()\ncontext.verify_mode = ssl.VerifyMode.CERT_NONE\n",
            3,
            "verify_mode is switched off: any certificate is accepted",
        ),
        (
            "import ldap\nldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)\n",
            2,
            "LDAP connections do not check the certificate of the server",
        ),
        (
            'import pymongo\nclient = pymongo.MongoClient("mongodb://db", tlsAllowInvalidCertificates=True)\n',
            2,
            "pymongo.MongoClient() does not check the certificate of the other side",
        ),
        (
            'import redis\nstore = redis.Redis("cache", ssl=True, ssl_cert_reqs=None)\n',
            2,
            "redis.Redis() does not check the certificate of the other side",
        ),
    ],
)
def test_no_check(code: str, line: int, title: str) -> None:
    assert findings_in(code, OFF) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        'import requests\nrequests.get("https://a.test", verify="/etc/ours.pem")\n',
        'import requests\nverify = False\nverify = "/etc/ours.pem"\nrequests.get("https://a.test", verify=verify)\n',
        "import requests\nsession = requests.Session()\nsession.verify = False\nsession.verify = True\n",
        'import os, requests\nrequests.get("https://a.test", verify=os.environ["VERIFY"])\n',
        "import ssl\ncontext = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)\n"
        "context.verify_mode = ssl.CERT_NONE\n",
        "import ssl\ncontext = ssl.SSLContext()\ncontext.verify_mode = ssl.CERT_NONE if 1 > 2 else ssl.CERT_REQUIRED\n",
        "class Counter:\n    def count(self, verify):\n        return 1\n\nCounter().count(verify=False)\n",
        "import ssl, socket\ndef certificate(host):\n    context = ssl.create_default_context()\n"
        "    context.check_hostname = False\n    context.verify_mode = ssl.CERT_NONE\n"
        "    with socket.create_connection((host, 443)) as plain, context.wrap_socket(plain) as sock:\n"
        "        return sock.getpeercert(True)\n",
    ],
)
def test_checked(code: str) -> None:
    assert findings_in(code, OFF) == []


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        ("import ssl\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLSv1)\n", 2, "ssl.SSLContext() is told to use TLS 1.0"),
        (
            "import ssl\ncontext = ssl.create_default_context()\ncontext.minimum_version = ssl.TLSVersion.TLSv1_1\n",
            3,
            "the lowest version of TLS that is allowed is TLS 1.1",
        ),
        (
            "import ssl, urllib3\npool = urllib3.PoolManager(ssl_version=ssl.PROTOCOL_SSLv3)\n",
            2,
            "urllib3.PoolManager() is told to use SSL 3",
        ),
    ],
)
def test_old_version(code: str, line: int, title: str) -> None:
    assert findings_in(code, OLD) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        "import ssl\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n",
        "import ssl\ncontext = ssl.create_default_context()\ncontext.minimum_version = ssl.TLSVersion.TLSv1_2\n",
        'import ssl\nOLD = {ssl.TLSVersion.TLSv1: "1.0"}\n',
    ],
)
def test_new_version(code: str) -> None:
    assert findings_in(code, OLD) == []


def test_to_look_at_a_directory_s_certificate_sends_nothing() -> None:
    code = """
    import ssl
    import ldap3

    def certificate(host):
        server = ldap3.Server(host, tls=ldap3.Tls(validate=ssl.CERT_NONE))
        connection = ldap3.Connection(server, auto_bind=False)
        connection.open()
        connection.start_tls()
        return connection.socket.getpeercert(binary_form=True)

    def people(host):
        server = ldap3.Server(host, tls=ldap3.Tls(validate=ssl.CERT_NONE))  # found
        return ldap3.Connection(server, auto_bind=True).search("dc=example", "(uid=a)")
    """
    assert [line for line, _ in findings_in(code, "transport.tls-verification-off")] == marked(code)
