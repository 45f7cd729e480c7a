"""Python that a client writes, imports or chooses by name."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.code-injection"
IMPORTS = "import ast, importlib, json, operator, runpy, redis, timeit, builtins"

WEAK = [
    "eval(q)",
    "exec('x = ' + q)",
    "eval(q, {'__builtins__': {}})",
    "exec(compile(q, '<x>', 'exec'))",
    "builtins.eval(q)",
    "importlib.import_module(q)",
    "__import__('plugins.' + q)",
    "runpy.run_path(q)",
    "timeit.timeit(q)",
    "getattr(operator, q)(1, 2)",
    "handler = getattr(app, q)\nhandler()",
    "f = lambda: eval(q)\nf()",
    "globals()[q]()",
    "operator.methodcaller(q)(1)",
    "redis.Redis().eval('return ' + q, 0)",
    "if 'import' not in q:\n    eval(q)",
]
SAFE = [
    "ast.literal_eval(q)",
    "json.loads(q)",
    "eval('1 + 1', {}, {'q': q})",
    "eval(str(int(q)))",
    "getattr(operator, {'a': 'add'}[q])(1, 2)",
    "getattr(app, 'on_' + q)()",
    "getattr(app, q)",
    "if q not in ('add', 'sub'):\n    abort(400)\ngetattr(operator, q)(1, 2)",
    "redis.Redis().eval('return 1', 1, q)",
    "if q in {'a', 'b'}:\n    importlib.import_module('plugins.' + q)",
    "{'a': print}.get(q, print)()",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_code_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_literals_and_chosen_functions_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_runs() -> None:
    (finding,) = found(in_view("eval(q)"), RULE)
    assert finding.title == "eval() runs code that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.CRITICAL, Confidence.HIGH)


def test_a_module_of_one_package_is_less() -> None:
    (finding,) = found(in_view("importlib.import_module('plugins.' + q)", imports=IMPORTS), RULE)
    assert finding.title == "importlib.import_module() loads a module that a client chooses"
    assert finding.severity is Severity.MEDIUM
