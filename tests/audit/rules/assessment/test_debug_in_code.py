"""Debuggers that the code switches on."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.support import findings_in, found

RULE = "assessment.debug-in-code"
APP = "from flask import Flask\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        (f"{APP}app.run(debug=True)\n", 3, "the server is started with the debugger"),
        (f'{APP}options = {{"debug": not False}}\napp.run(**options)\n', 4, "the server is started with the debugger"),
        (f"{APP}app.debug = True\n", 3, "DEBUG is on"),
        (f'{APP}app.config["DEBUG"] = True\n', 3, "DEBUG is on"),
        (f"{APP}app.config.update(DEBUG=True)\n", 3, "DEBUG is on"),
        (f"class Live:\n    DEBUG = True\n\n{APP}app.config.from_object(Live)\n", 2, "DEBUG is on"),
        (f'class Live:\n    DEBUG = True\n\n{APP}app.config.from_object("app.Live")\n', 2, "DEBUG is on"),
        ('import os\nos.environ["FLASK_DEBUG"] = "1"\n', 2, "FLASK_DEBUG is set for the whole process"),
        (
            f"{APP}from werkzeug.debug import DebuggedApplication\n"
            "app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)\n",
            4,
            "the debugger runs Python for whoever causes an error",
        ),
        (
            f'{APP}from werkzeug.serving import run_simple\nrun_simple("0.0.0.0", 80, app, use_debugger=True)\n',
            4,
            "the server is started with the debugger",
        ),
    ],
)
def test_on(code: str, line: int, title: str) -> None:
    assert findings_in(code, RULE) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        f"{APP}app.run()\n",
        f'import os\n{APP}app.run(debug=os.environ.get("FLASK_DEBUG") == "1")\n',
        f'{APP}app.config["DEBUG"] = True\napp.config["DEBUG"] = False\n',
        f"class Report:\n    def run(self, debug):\n        return debug\n\n{APP}Report().run(debug=True)\n",
        f"class Dev:\n    DEBUG = True\n\nclass Live:\n    DEBUG = False\n\n{APP}app.config.from_object(Live)\n",
        f"import logging\n{APP}DEBUG = logging.DEBUG\napp.logger.setLevel(DEBUG)\n",
    ],
)
def test_off(code: str) -> None:
    assert findings_in(code, RULE) == []


@pytest.mark.parametrize(
    ("arguments", "severity"),
    [("debug=True", Severity.MEDIUM), ('host="0.0.0.0", debug=True', Severity.HIGH)],
)
def test_at_the_command_line(arguments: str, severity: Severity) -> None:
    code = f'{APP}if __name__ == "__main__":\n    app.run({arguments})\n'
    assert [finding.severity for finding in found(code, RULE)] == [severity]


def test_settings_of_tests_are_not_in_force() -> None:
    code = """\
from flask import Flask
class TestConfig:
    DEBUG = True
app = Flask(__name__)
app.config.from_object(TestConfig)
"""
    assert findings_in(code, RULE) == []
    derived = code.replace("object(TestConfig)", "object(Browser)")
    derived = derived.replace("app =", "class Browser(TestConfig):\n    pass\napp =", 1)
    assert findings_in(derived, RULE) == []
    assert findings_in(code.replace("TestConfig", "Config"), RULE) == [(3, "DEBUG is on")]
