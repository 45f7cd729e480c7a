"""The development server in production: how the project says that it is started, and what the start says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...facts.start_commands import StartCommand, is_python, start_commands
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_APPS = ("app", "application", "server", "flask_app", "create_app()", "make_app()")
_OPEN_HOSTS = ("0.0.0.0", "::", "")  # noqa: S104 - what is looked for

DEVELOPMENT_SERVER = Rule(
    id="assessment.development-server",
    kind="runtime",
    control="assessment.process-privileges",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(489, 1125),
    asvs=("V13.4.2", "V15.2.3"),
    title="The development server serves visitors",
    why="Werkzeug's server is made to be read and restarted, not to be attacked: it has no limits on slow or many "
    "connections, names itself and its version, and one word switches its debugger on.",
    fix="Start the application with gunicorn, waitress or another production server.",
    before='CMD ["flask", "run", "--host=0.0.0.0"]',
    after='CMD ["gunicorn", "--bind=0.0.0.0:8000", "shop:create_app()"]',
    guard="It guards each request under any server. The server itself stands outside.",
    language="dockerfile",
    lesson="assessment-debug-is-on",
    items=(120,),
)
DEBUG_AT_START = Rule(
    id="assessment.debug-at-start",
    kind="runtime",
    control="assessment.debug",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(215, 489),
    asvs=("V13.4.2",),
    title="Starting the file starts the debugger",
    why="Whoever runs the file as a program, as the quickest way to get it going on a server, gets a server with a "
    "console at every error. With an open host it is there for everybody on the network.",
    fix="Leave debug mode to the command line: flask --debug run.",
    before='if __name__ == "__main__":\n    app.run(host="0.0.0.0", debug=True)',
    after='if __name__ == "__main__":\n    app.run()',
    guard="In debug mode it answers the own machine only.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(3, 120, 121),
)


def _has_start(inspected: Inspected) -> bool:
    return bool(start_commands(inspected.root))


@checks(DEVELOPMENT_SERVER, reads="app", needs=_has_start)
def development_server(inspected: Inspected) -> Iterator[Match]:
    """Find a start command that ends in Werkzeug's server."""
    for command in start_commands(inspected.root):
        debug = _is_debugged(inspected, command)
        if debug is not None:
            words = f"{command.file.name} starts the development server{' in debug mode' if debug else ''}"
            summary = f"{shown(command.file)}:{command.line}: {command.program}"
            yield Match(
                words,
                severity=Severity.HIGH if debug else None,
                subject=command.file.name,
                path=shown(command.file),
                line=command.line,
                evidence=(Evidence("file", summary),),
            )


def _is_debugged(inspected: Inspected, command: StartCommand) -> bool | None:
    """Return whether a command starts the development server in debug mode, or ``None`` where it starts none."""
    if command.program == "flask":
        given = command.arguments
        return "--debug" in given if "run" in given else None
    if not is_python(command.words[0]) or len(command.words) < 2:
        return None
    file = command.file.parent / command.words[1]
    calls = run_calls(file)
    return any(_is_true(call, "debug") for call in calls) if calls else None


@checks(DEBUG_AT_START, reads="app")
def debug_at_start(inspected: Inspected) -> Iterator[Match]:
    """Find ``app.run(debug=True)`` in the module of the application and in the files that start it."""
    for file in _starting_files(inspected):
        for call in run_calls(file):
            if _is_true(call, "debug"):
                is_open = _host(call) in _OPEN_HOSTS
                reached = " for every machine of the network" if is_open else ""
                yield Match(
                    f"{file.name} starts the debugger{reached}",
                    severity=Severity.MEDIUM if is_open else None,
                    subject=file.name,
                    path=shown(file),
                    line=call.lineno,
                    evidence=(Evidence("path", f"{shown(file)}:{call.lineno}: {ast.unparse(call.func)}(debug=True)"),),
                )


def _starting_files(inspected: Inspected) -> list[Path]:
    module = inspected.module(inspected.app.import_name)
    own = getattr(module, "__file__", None)
    names = ("app.py", "wsgi.py", "main.py", "run.py", "manage.py")
    files = [Path(own)] if isinstance(own, str) else []
    files += [inspected.root / name for name in names]
    return [file for file in dict.fromkeys(file.resolve() for file in files) if file.suffix == ".py" and file.is_file()]


def run_calls(file: Path) -> list[ast.Call]:
    """Return the calls in a file that start Werkzeug's server: ``app.run(...)`` and ``run_simple(...)``."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _starts(node.func)]


def _starts(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return called.attr == "run_simple" or (called.attr == "run" and ast.unparse(called.value) in _APPS)
    return isinstance(called, ast.Name) and called.id == "run_simple"


def _keyword(call: ast.Call, *names: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg in names), None)


def _is_true(call: ast.Call, name: str) -> bool:
    value = _keyword(call, name, "use_debugger")
    return isinstance(value, ast.Constant) and value.value is True


def _host(call: ast.Call) -> object:
    value = _keyword(call, "host", "hostname") or (call.args[0] if call.args else None)
    return value.value if isinstance(value, ast.Constant) else "localhost"
