"""Guards move below the route."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "access.decorator-order"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@login_required\n@app.route('/')\n", "@app.route('/')\n@login_required\n"),
        (
            "@roles_required(\n    'admin',  # only\n)  # guard\n@cached\n# page\n@bp.get('/')\n@b.get('/')\n@timed\n",
            "@cached\n# page\n@bp.get('/')\n@b.get('/')\n@roles_required(\n    'admin',  # only\n)  # guard\n@timed\n",
        ),
        (
            "@admin_only\n@auth.login_required\n@app.route('/')\n",
            "@app.route('/')\n@admin_only\n@auth.login_required\n",
        ),
        ("@app.route('/')\n@login_required\n", "@app.route('/')\n@login_required\n"),
        ("@cached\n@app.route('/')\n", "@cached\n@app.route('/')\n"),
        ("@login_required\n", "@login_required\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_order(tmp_path: Path, before: str, after: str, newline: str) -> None:
    body = "def f():\n    return 'a'  # b\n"
    expected = (after + body).replace("\n", newline)
    assert fixed(tmp_path, RULE, (before + body).replace("\n", newline)) == expected
