"""Logins over connections that are not encrypted."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in

RULE = "transport.plaintext-protocol"


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        (
            'import ftplib, os\nwith ftplib.FTP("files.firm.net") as ftp:\n    ftp.login("me", os.environ["PW"])\n',
            3,
            "FTP sends user and password in the clear",
        ),
        (
            'import telnetlib\nswitch = telnetlib.Telnet("10.0.0.3")\n',
            2,
            "Telnet sends everything in the clear, the login too",
        ),
        (
            'import smtplib, os\nrelay = smtplib.SMTP("mail.firm.net")\nrelay.login("me", os.environ["PW"])\n',
            3,
            "the login over SMTP is not encrypted",
        ),
        (
            'import ldap, os\nlink = ldap.initialize("ldap://dir.firm.net")\n'
            'link.simple_bind_s("cn=me", os.environ["PW"])\n',
            3,
            "the login over LDAP is not encrypted",
        ),
        (
            'import requests, os\nrequests.get("http://api.firm.net/rates", auth=("me", os.environ["PW"]))\n',
            2,
            "credentials are sent over plain HTTP",
        ),
    ],
)
def test_in_the_clear(code: str, line: int, title: str) -> None:
    assert findings_in(code, RULE) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        'import ftplib, os\nftp = ftplib.FTP_TLS("files.firm.net")\nftp.login("me", os.environ["PW"])\n',
        'import ftplib\nftp = ftplib.FTP("mirror.firm.net")\nftp.login()\n',
        'import smtplib, os\nrelay = smtplib.SMTP("mail.firm.net")\nrelay.starttls()\n'
        'relay.login("me", os.environ["PW"])\n',
        'import smtplib, os\nrelay = smtplib.SMTP("localhost")\nrelay.login("me", os.environ["PW"])\n',
        'import ldap, os\nlink = ldap.initialize("ldaps://dir.firm.net")\n'
        'link.simple_bind_s("cn=me", os.environ["PW"])\n',
        'import ldap, os\nlink = ldap.initialize("ldap://dir.firm.net")\nlink.start_tls_s()\n'
        'link.simple_bind_s("cn=me", os.environ["PW"])\n',
        'import ldap\nlink = ldap.initialize("ldap://dir.firm.net")\nlink.simple_bind_s()\n',
        'import requests\nrequests.get("http://api.firm.net/rates")\n',
        'import requests, os\nrequests.get("http://localhost:9200/", auth=("me", os.environ["PW"]))\n',
    ],
)
def test_encrypted(code: str) -> None:
    assert findings_in(code, RULE) == []
