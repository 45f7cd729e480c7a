"""Debug, taken out of app.run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "assessment.debug-in-code"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("app.run(debug=True)", "app.run()"),
        ("app.run('::1', 80, debug=True, threaded=True)", "app.run('::1', 80, threaded=True)"),
        ("create_app().run(port=1, debug=True)  # here", "create_app().run(port=1)  # here"),
        ("app.run(debug=False)", "app.run(debug=False)"),
        ("app.run(debug=args.debug)", "app.run(debug=args.debug)"),
        ("start(debug=True)", "start(debug=True)"),
    ],
)
def test_debug(tmp_path: Path, before: str, after: str) -> None:
    head = "if __name__ == '__main__':\n    "
    assert fixed(tmp_path, RULE, f"{head}{before}\n") == f"{head}{after}\n"
