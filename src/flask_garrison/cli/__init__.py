"""The command ``garrison``, also as ``flask garrison``. Each command imports its job inside itself."""

from __future__ import annotations

from .audit import audit
from .check import check
from .controls import controls
from .demo import demo
from .diff import diff
from .frame import Frame
from .init import init
from .later import later_commands
from .policy import policy
from .rules import rules

__all__ = ["flask_group", "main"]

flask_group = Frame(
    name="garrison",
    help="Flask-Garrison: the standing defence of a Flask application.",
    commands=[demo, audit, check, controls, rules, policy, diff, init, *later_commands()],
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    flask_group.main(prog_name="garrison")
