"""Python that a client writes, imports or chooses by name."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.pieces import Hole
from ...code.values.taint import Use, both
from ...rule import Match, Rule, checks

CODE_INJECTION = Rule(
    id="inputs.code-injection",
    kind="code",
    control="inputs.code",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(94, 95, 470),
    asvs=("V1.3.2",),
    title="A client's text is run as Python",
    why="Whoever sends the text runs anything with the rights of the application. Taking `__builtins__` away, or "
    "refusing some words, does not help: every object leads to its class, and from there to all others.",
    fix="Read values with `json.loads` or `ast.literal_eval`, and choose functions, classes and modules from a "
    "dictionary of those that are meant.",
    before='total = eval(request.form["formula"])',
    after='total = OPERATORS[request.form["operator"]](left, right)',
    guard="Nothing yet: the sensor at `eval` comes in a later version.",
    language="python",
)

_RUN = (
    "eval", "exec", "compile", "code.InteractiveInterpreter().runsource", "code.InteractiveConsole().push",
    "code.InteractiveInterpreter().runcode", "timeit.timeit", "timeit.repeat", "timeit.Timer", "cProfile.run",
    "profile.run", "pdb.run", "doctest.run_docstring_examples", "numexpr.evaluate", "pandas.eval", "sympy.sympify",
    "sympy.parse_expr", "sympy.S", "IPython.get_ipython().run_cell",
)  # fmt: skip
_SCRIPTS = ("redis.Redis().eval", "redis.StrictRedis().eval", "redis.Redis.from_url().eval", "redis.from_url().eval")
_NAMED = ("__import__", "importlib.import_module", "runpy.run_path", "runpy.run_module")
_OF_OBJECT = ("pandas.DataFrame().eval", "pandas.DataFrame().query")


@checks(CODE_INJECTION, reads="call", of=(*_RUN, *_NAMED, *_OF_OBJECT, *_SCRIPTS, "operator.methodcaller", "getattr()"))
def code_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in what is run, imported or called by name."""
    if call.path == "getattr()":
        yield from _called_by_name(call)
        return
    value = call.arg(
        0, "source", "stmt", "expression", "expr", "name", "import_name", "mod_name", "path_name", "ex", "s"
    )
    if value is None or value.path == "compile()":
        return
    for hole in call.tainted(value, Use.CODE):
        if call.path in _NAMED:
            yield _imported(call, hole)
        elif "DataFrame" in call.path:
            title = f"DataFrame.{call.name}() evaluates an expression that a client's text is part of"
            yield call.flow(hole, Use.CODE, title, severity=Severity.HIGH)
        else:
            yield call.flow(hole, Use.CODE, f"{call.path}() runs code that a client's text is part of")
        return


def _imported(call: Call, hole: Hole) -> Match:
    """Return the finding of a module that a client chooses; of one package alone it is less."""
    narrow = "." in hole.before and not hole.before.startswith("\0")
    title = f"{call.path}() loads a module that a client chooses"
    return call.flow(hole, Use.CODE, title, severity=Severity.MEDIUM if narrow else Severity.HIGH)


def _called_by_name(call: Call) -> Iterator[Match]:
    """Find a call of an attribute whose name a client chose."""
    function = call.callee
    if function is not None and call.taint(function) & both(Use.CODE):
        title = "A client chooses by name which attribute of an object is called"
        # Without arguments there is little that a method can be made to do.
        severity = Severity.HIGH if call.values else Severity.MEDIUM
        yield call.flow(function, Use.CODE, title, severity=severity, confidence=Confidence.MEDIUM)
