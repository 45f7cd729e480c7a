"""gunicorn's settings for development and secrets in its file."""

from __future__ import annotations

from pathlib import Path

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import titles
from tests.audit.support import inspected, make, of_app, said

DEVELOPMENT = "assessment.server-development-settings"
SECRET = "assessment.secret-in-server-settings"


def of_file(rule: str, folder: Path, source: str, environ: dict[str, str] | None = None) -> list[str] | None:
    file = folder / "gunicorn.conf.py"
    file.write_text(source)
    return titles(rule, make(), root=folder, environ=environ or {}, server_config=file)


def test_settings_for_development_are_found(tmp_path: Path) -> None:
    assert of_file(DEVELOPMENT, tmp_path, "reload = True\nspew = True\n") == [
        "medium: reload: workers restart when a file changes",
        "medium: spew: every line that runs is printed",
    ]
    assert of_file(DEVELOPMENT, tmp_path, "workers = 3\n") == []


def test_what_only_running_tells_is_not_checked(tmp_path: Path) -> None:
    (unread,) = of_file(DEVELOPMENT, tmp_path, "reload = is_a_laptop()\n") or []
    assert unread.startswith("? reload in ")
    assert unread.endswith("gunicorn.conf.py: its value is worked out when the file is run")


def test_a_secret_in_the_file_is_named_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "gunicorn.conf.py"
    file.write_text('raw_env = ["SECRET_KEY=4711-0815-hunter", "LANG=C"]\n')
    (match,) = of_app(SECRET, make(), root=tmp_path, environ={}) or []
    assert isinstance(match, Match)
    assert match.title == "raw_env holds the value of SECRET_KEY"
    assert "hunter" not in str(match)


def test_what_comes_from_the_environment_is_none(tmp_path: Path) -> None:
    source = "import os\nraw_env = [f\"SECRET_KEY={os.environ['KEY']}\"]\n"
    assert of_file(SECRET, tmp_path, source, {"KEY": "4711-0815-hunter"}) == []


def test_without_gunicorn_there_is_nothing(tmp_path: Path) -> None:
    assert said(SECRET, inspected(make(), root=tmp_path, environ={})) is None
