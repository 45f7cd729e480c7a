"""Words that a client can turn into options, or into another program."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.argument-injection"
IMPORTS = "import os, shlex, subprocess"

WEAK = [
    "subprocess.run(['git', 'log', q])",
    "subprocess.run(['tar', 'cf', 'a.tar', *body['names']])",
    "subprocess.run([q, 'file'])",
    "subprocess.check_call(['curl', q])",
    "subprocess.run(['git', 'log', '--' + q])",
    "os.execvp('git', ['git', 'log', q])",
    "os.execlp('git', 'git', 'log', q)",
    "os.system('git log ' + shlex.quote(q))",
    "if not q.startswith('x'):\n    subprocess.run(['git', 'log', q])",
]
SAFE = [
    "subprocess.run(['git', 'log', '--', q])",
    "subprocess.run(['git', 'log', '--author=' + q])",
    "subprocess.run(['grep', '-e', q, 'file'])",
    "subprocess.run(['convert', f'/srv/{q}.png', 'out.png'])",
    "if q.startswith('-'):\n    abort(400)\nsubprocess.run(['git', 'log', q])",
    "if not q.isalnum():\n    abort(400)\nsubprocess.run(['git', 'log', q])",
    "subprocess.run(['git', 'log', str(int(q))])",
    "subprocess.run([{'a': 'date'}[q]])",
    "os.system('git log -- ' + shlex.quote(q))",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_word_that_may_be_an_option_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_words_behind_the_end_of_options_and_values_of_options_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_names_the_program() -> None:
    (finding,) = found(in_view("subprocess.run(['/usr/bin/git', 'log', q])", imports=IMPORTS), RULE)
    assert finding.title == "A word that a client sends can become an option of git"
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.MEDIUM)


def test_a_program_that_a_client_chooses_is_worse() -> None:
    (finding,) = found(in_view("subprocess.run([q, 'file'])", imports=IMPORTS), RULE)
    assert finding.title == "run() runs a program that a client chooses"
    assert finding.severity is Severity.CRITICAL


def test_behind_an_option_that_may_take_it_it_is_only_doubted() -> None:
    (finding,) = found(in_view("subprocess.run(['git', 'log', '--oneline', q])", imports=IMPORTS), RULE)
    assert (finding.severity, finding.confidence) == (Severity.LOW, Confidence.LOW)
