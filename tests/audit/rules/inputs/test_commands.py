"""Command lines for a shell that a client's text is part of."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.command-injection"
IMPORTS = "import asyncio, os, re, shlex, subprocess, paramiko, uuid"

WEAK = [
    "os.system('ping ' + q)",
    "os.popen(f'ping {q}')",
    "subprocess.run(f'ping {q}', shell=True)",
    "subprocess.getoutput('ping %s' % q)",
    "subprocess.check_output('ping ' + q, shell=1)",
    "subprocess.Popen(['sh', '-c', 'ping ' + q])",
    "subprocess.run(['/bin/bash', '-c', f'ping {q}'])",
    "subprocess.run(['ssh', 'host', 'ls ' + q])",
    "subprocess.run('ping ' + q, **{'shell': True})",
    "subprocess.run(body['command'])",
    "paramiko.SSHClient().exec_command('ls ' + q)",
    "os.system(f\"grep '{shlex.quote(q)}' log\")",
    "os.system('grep \"' + q.replace('\"', '') + '\" log')",
    "if re.match('[a-z]+', q):\n    os.system('ping ' + q)",
    "re.fullmatch('[a-z]+', q)\nos.system('ping ' + q)",
    "words = ['ping', '-c', '1']\nwords.append(q)\nos.system(' '.join(words))",
    "if re.search('^[a-z]+$', q, re.MULTILINE):\n    os.system('ping ' + q)",
]
SAFE = [
    "subprocess.run(['ping', '-c', '1', q])",
    "subprocess.run(['ping', q], shell=False)",
    "os.system('ping ' + shlex.quote(q))",
    "os.system(shlex.join(['ping', q]))",
    "if not re.fullmatch('[a-z0-9.]+', q):\n    abort(400)\nos.system('ping ' + q)",
    "if re.search('[^a-z]', q):\n    abort(400)\nos.system('ping ' + q)",
    "match = re.match(r'^([a-z]+)$', q)\nif match is None:\n    abort(400)\nos.system('ping ' + match.group(1))",
    "match = re.search(r'id=(\\d+)', q)\nif match:\n    os.system('show ' + match[1])",
    "os.system('show ' + re.sub(r'[^a-z0-9]+', '', q))",
    'os.system("grep \'" + q.replace("\'", \'\') + "\' log")',
    "os.system('show %d' % int(q))",
    "os.system('show ' + str(uuid.UUID(q)))",
    "shell = False\nsubprocess.run(['ping', q], shell=shell)",
    "os.system({'a': 'date', 'b': 'uptime'}.get(q, 'true'))",
    "subprocess.run(['sh', '-c', 'echo \"$1\"', 'sh', q])",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_text_in_a_command_line_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_lists_quoted_words_and_checked_texts_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_runs() -> None:
    (finding,) = found(in_view("os.system('ping ' + q)", imports=IMPORTS), RULE)
    assert finding.title == "system() runs a command line that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.CRITICAL, Confidence.HIGH)
