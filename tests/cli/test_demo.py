"""``garrison demo`` hands its options on; what the demo does is tested beside the demo."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from flask_garrison.cli import flask_group


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"serve": True, "port": 0, "browser": True, "check": True}),
        (
            ["--no-serve", "--port", "8080", "--no-browser", "--no-check"],
            {"serve": False, "port": 8080, "browser": False, "check": False},
        ),
    ],
)
@pytest.mark.parametrize("status", [None, 0, 1])
def test_options(
    arguments: list[str], expected: dict[str, object], status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}

    def run(**options: object) -> int | None:
        given.update(options)
        return status

    monkeypatch.setitem(sys.modules, "flask_garrison.demo", SimpleNamespace(run=run))  # type: ignore[arg-type]
    result = CliRunner().invoke(flask_group, ["demo", *arguments])
    assert given == expected
    assert result.exit_code == (status or 0)


def test_port_must_be_one() -> None:
    assert CliRunner().invoke(flask_group, ["demo", "--port", "99999"]).exit_code == 2
