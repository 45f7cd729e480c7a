"""Line breaks of a client's in the headers of answers, of other protocols, and of mails."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

HEADER, MAIL = "inputs.header-injection", "inputs.mail-header-injection"
IMPORTS = (
    "import asyncio, re, smtplib, socket, subprocess\nfrom email.message import EmailMessage\n"
    "from email.mime.text import MIMEText\nfrom flask import make_response, redirect\nfrom urllib.parse import quote"
)

WEAK_HEADERS = [
    "socket.create_connection(('x', 80)).sendall(f'GET / HTTP/1.0\\r\\nX-A: {q}\\r\\n\\r\\n'.encode())",
    "socket.socket().send(('GET /' + q + ' HTTP/1.1\\r\\n\\r\\n').encode())",
    "start_response('200 OK', [('X-A', q)])",
    "handler().send_header('X-A', q)",
]
SAFE_HEADERS = [
    "answer = make_response('x')\nanswer.headers['X-A'] = q",
    "return Response('x', headers={'X-A': q})",
    "return redirect(q)",
    "start_response('200 OK', [('X-A', quote(q))])",
    "start_response('200 OK', [('X-A', re.sub(r'[\\r\\n]', '', q))])",
    "socket.socket().sendall(b'GET / HTTP/1.0\\r\\n\\r\\n' + q.encode())",
    "socket.socket().sendall(('GET / HTTP/1.0\\r\\nX-A: ' + str(int(q)) + '\\r\\n\\r\\n').encode())",
    "open('x', 'w').write('a: ' + q + '\\n')",
]
WEAK_MAILS = [
    "smtplib.SMTP('x').sendmail('a', ['b'], f'Subject: {q}\\n\\ntext')",
    "smtplib.SMTP('x').sendmail('a', ['b'], 'To: b\\r\\nSubject: %s\\r\\n\\r\\ntext' % q)",
    "subprocess.run(['sendmail', '-t'], input=f'To: a@b\\nSubject: {q}\\n\\ntext', text=True)",
    "subprocess.Popen(['sendmail', '-t']).communicate('To: %s\\n\\ntext' % q)",
    "mail = MIMEText('x')\nmail['Subject'] = q",
]
SAFE_MAILS = [
    "smtplib.SMTP('x').sendmail('a', ['b'], f'Subject: x\\n\\n{q}')",
    "mail = EmailMessage()\nmail['Subject'] = q\nsmtplib.SMTP('x').send_message(mail)",
    "if '\\n' in q or '\\r' in q:\n    abort(400)\nsmtplib.SMTP('x').sendmail('a', ['b'], f'Subject: {q}\\n\\ntext')",
    "smtplib.SMTP('x').sendmail('a', ['b'], 'Subject: ' + ' '.join(q.split()) + '\\n\\ntext')",
    "mail = MIMEText(q)\nmail['Subject'] = 'x'",
    "subprocess.run(['cat'], input=q)",
]


@pytest.mark.parametrize("body", WEAK_HEADERS)
def test_headers_that_nobody_checks_are_found(body: str) -> None:
    assert len(lines_of(HEADER, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE_HEADERS)
def test_headers_that_werkzeug_checks_and_clean_values_are_not(body: str) -> None:
    assert lines_of(HEADER, body, imports=IMPORTS) == []


@pytest.mark.parametrize("body", WEAK_MAILS)
def test_headers_of_mails_are_found(body: str) -> None:
    assert len(lines_of(MAIL, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE_MAILS)
def test_bodies_of_mails_and_checked_headers_are_not(body: str) -> None:
    assert lines_of(MAIL, body, imports=IMPORTS) == []


def test_the_findings_say_what_sends() -> None:
    (finding,) = found(in_view(WEAK_HEADERS[0], imports=IMPORTS), HEADER)
    assert finding.title == "sendall() sends a header with a client's text, line breaks and all"
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, Confidence.HIGH)
    (finding,) = found(in_view(WEAK_MAILS[0], imports=IMPORTS), MAIL)
    assert finding.title == "sendmail() sends a mail with a client's text in its headers, line breaks and all"


def test_what_is_decoded_of_a_wsgi_environment_has_line_breaks_again() -> None:
    code = """
    from urllib.parse import parse_qs
    class Campaign:
        def __init__(self, app):
            self.app = app
        def __call__(self, environ, start_response):
            name = parse_qs(environ["QUERY_STRING"]).get("c", [""])[0]
            def respond(status, headers, exc_info=None):
                return start_response(status, [*headers, ("X-C", name)], exc_info)
            return self.app(environ, respond)
    """
    (finding,) = found(code, HEADER)
    assert finding.line == 9
