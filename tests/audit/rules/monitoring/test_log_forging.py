"""Lines of a log that a client can write."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "monitoring.log-forging"
IMPORTS = "import html, json, logging, math, re\nfrom flask import current_app\nlog = logging.getLogger(__name__)"

WEAK = [
    "log.info('user %s', q)",
    "logging.warning(f'user {q}')",
    "app.logger.error('user ' + q)",
    "current_app.logger.info('%s %s', 1, q)",
    "logging.log(20, q)",
    "log.info('user ' + html.escape(q))",
    "log.info('%(a)s', {'a': q})",
    "open('audit.log', 'a').write(f'user {q}\\n')",
    "print(q, file=open('audit.log', 'a'))",
    "try:\n    int('x')\nexcept ValueError:\n    log.exception('bad ' + q)",
]
SAFE = [
    "log.info('user %r', q)",
    "log.info(f'user {q!r}')",
    "log.info('user %s', repr(q))",
    "log.info('user %d', q)",
    "log.info('user %s', int(q))",
    "log.info('body %s', json.dumps(body))",
    "log.info('user %s', re.sub(r'[\\r\\n]', '', q))",
    "log.info('user %s', q.replace('\\n', '').replace('\\r', ''))",
    "log.info('agent %s', request.headers['User-Agent'])",
    "log.info('from %s', request.remote_addr)",
    "math.log(len(q))",
    "dialog().info(q)",
    "open('page.html', 'w').write(q)",
]


@pytest.mark.parametrize("body", WEAK)
def test_line_breaks_of_a_client_are_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_literals_and_texts_of_one_line_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_logs() -> None:
    (finding,) = found(in_view("log.info('user %s', q)", imports=IMPORTS), RULE)
    assert finding.title == "info() logs a client's text with its line breaks"
    assert (finding.severity, finding.confidence) == (Severity.LOW, Confidence.HIGH)


def test_a_formatter_that_escapes_looks_after_it() -> None:
    above = """
    class Lines(logging.Formatter):
        def format(self, record):
            return super().format(record).replace("\\n", "\\\\n")
    handler = logging.StreamHandler()
    handler.setFormatter({formatter})
    """
    body = "log.info('user %s', q)"
    assert lines_of(RULE, body, imports=IMPORTS, above=above.replace("{formatter}", "Lines()")) == []
    assert (
        len(
            lines_of(
                RULE, body, imports=IMPORTS, above=above.replace("{formatter}", "logging.Formatter('%(message)s')")
            )
        )
        == 1
    )
