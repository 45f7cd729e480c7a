"""Debug mode and Werkzeug's debugger, switched on in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Configured, Setting
from ...code.startup import at_command_line
from ...code.unset import is_on_by_default
from ...code.values.value import Value, truth
from ...rule import Judged, Match, Rule, checks

DEBUG_IN_CODE = Rule(
    id="assessment.debug-in-code",
    kind="code",
    control="assessment.debug",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(489, 215),
    asvs=("V13.4.2",),
    title="The debugger is switched on in the code",
    why="Werkzeug's debugger shows source and variables to whoever causes an error, and runs the Python that it is "
    "sent: its PIN is made of names and numbers of the machine that a file read or a guess gives away.",
    fix="Leave debug mode off in the code. While developing, start with `flask run --debug`.",
    before="app.run(debug=True)",
    after='if __name__ == "__main__":\n    app.run()',
    guard="Garrison refuses to start in enforce mode where debug mode is on outside of development.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(3, 120),
)

_APP: Final = "flask.Flask()"
_RUNS: Final = (
    f"{_APP}.run",
    "flask_socketio.SocketIO().run",
    "connexion.FlaskApp().run",
    "connexion.App().run",
    "flask_script.Server",
)
_APPS: Final = frozenset({"app", "application", "server", "socketio", "flask_app", "webapp", "api"})


def _on(value: Value | None) -> bool:
    """Return whether a value is known to be true, and is a constant."""
    return value is not None and bool(value.consts) and truth(value) is True


@checks(DEBUG_IN_CODE, reads="call", of=(*_RUNS, "?.run"))
def run(call: Call) -> Iterator[Match]:
    """``app.run(debug=True)``."""
    if call.path not in _RUNS and _receiver(call) not in _APPS:
        return
    position = 2 if call.path == f"{_APP}.run" else None
    switches = [call.arg(position, "debug"), call.keywords.get("use_debugger")]
    by_default = _by_default(call, "debug", position) or _by_default(call, "use_debugger", None)
    if by_default:
        yield call.match(f"the server is started with the debugger {_UNSET}", severity=Severity.MEDIUM)
    elif any(map(_on, switches)):
        light = at_command_line(call) and not _open(call)
        yield call.match(
            "the server is started with the debugger",
            severity=Severity.MEDIUM if light else None,
            confidence=None if call.path in _RUNS else Confidence.MEDIUM,
        )


_UNSET: Final = "where the environment says nothing"


def _by_default(call: Call, name: str, position: int | None) -> bool:
    """Return whether an argument is read from the environment, and is on where that says nothing."""
    node = call.node
    if not isinstance(node, ast.Call):
        return False
    given = next((one.value for one in node.keywords if one.arg == name), None)
    if given is None and position is not None and position < len(node.args):
        given = node.args[position]
    return is_on_by_default(given, call.source.tree)


def _receiver(call: Call) -> str:
    owner = getattr(getattr(call.node, "func", None), "value", None)
    return owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""


def _open(call: Call) -> bool:
    """Return whether the server listens on every address."""
    host = call.arg(0, "host")
    return host is not None and host.could_be("0.0.0.0", "::")  # noqa: S104 - it is looked for


@checks(DEBUG_IN_CODE, reads="configured", of=("from_object", "from_mapping", "Flask", "debug"))
def configured(setting: Configured) -> Iterator[Judged]:
    """``app.debug = True``, ``DEBUG = True`` in a class of settings: the last word counts."""
    if setting.name in ("DEBUG", "FLASK_DEBUG"):
        by_default = is_on_by_default(setting.written, setting.origin.tree)
        found = _on(setting.value) or by_default
        light = found and setting.origin is setting.source and at_command_line(setting)
        severity = Severity.MEDIUM if light or by_default else None
        words = f"{setting.name} is on {_UNSET}" if by_default else f"{setting.name} is on"
        match = setting.match(words, node=setting.written, source=setting.origin, severity=severity)
        yield Judged((setting.name, setting.source.name), match if found else None)


@checks(DEBUG_IN_CODE, reads="setting", of=("environ",))
def environment(setting: Setting) -> Iterator[Match]:
    """``os.environ["FLASK_DEBUG"] = "1"``."""
    if setting.path == "os.environ" and setting.is_item:
        if setting.key.is_only("FLASK_DEBUG") and setting.value.could_be("1", "true", "True"):
            yield setting.match("FLASK_DEBUG is set for the whole process")
        elif setting.key.is_only("FLASK_ENV") and setting.value.is_only("development"):
            yield setting.match("FLASK_ENV is set to development for the whole process", severity=Severity.MEDIUM)


@checks(DEBUG_IN_CODE, reads="call", of=("werkzeug.serving.run_simple", "werkzeug.run_simple"))
def simple_server(call: Call) -> Iterator[Match]:
    """``run_simple(host, port, app, use_debugger=True)``."""
    if _on(call.arg(4, "use_debugger")):
        light = at_command_line(call) and not _open(call)
        yield call.match("the server is started with the debugger", severity=Severity.MEDIUM if light else None)


@checks(DEBUG_IN_CODE, reads="call", of=("werkzeug.debug.DebuggedApplication", "werkzeug.DebuggedApplication"))
def middleware(call: Call) -> Iterator[Match]:
    """``DebuggedApplication(app, evalex=True)``: without, it still shows source and variables."""
    evalex = call.arg(1, "evalex")
    if evalex is None or evalex.is_only(False):
        yield call.match("the debugger shows source and variables at errors", severity=Severity.MEDIUM)
    elif evalex.is_only(True):
        yield call.match("the debugger runs Python for whoever causes an error")
