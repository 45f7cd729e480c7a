"""Start commands are read from Procfile and Dockerfile as those who run them would read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.facts.start_commands import image_of, start_commands
from tests.audit.shorthand import written


@pytest.mark.parametrize(
    ("line", "program", "arguments"),
    [
        ("gunicorn shop:app", "gunicorn", ("shop:app",)),
        ("/usr/bin/gunicorn shop:app", "gunicorn", ("shop:app",)),
        ("python3.12 -m gunicorn shop:app", "gunicorn", ("shop:app",)),
        ("python app.py", "python", ("app.py",)),
        ("FLASK_APP=shop exec flask run", "flask", ("run",)),
        ("poetry run flask run", "flask", ("run",)),
        ("flask db upgrade && gunicorn shop:app", "gunicorn", ("shop:app",)),
        ("sh -c 'flask db upgrade && exec flask run'", "flask", ("run",)),
        ("gunicorn 'unclosed", "gunicorn", ("'unclosed",)),
    ],
)
def test_a_line_is_split_to_its_program(tmp_path: Path, line: str, program: str, arguments: tuple[str, ...]) -> None:
    (command,) = start_commands(written(tmp_path, Procfile=f"release: x\nweb: {line}\n"))
    assert (command.program, command.arguments, command.line) == (program, arguments, 2)


def test_the_last_stage_of_an_image_counts(tmp_path: Path) -> None:
    text = """\
FROM python:3.13 AS build
USER build
CMD ["false"]
FROM python:3.13-slim
# comment
ENV PYTHONOPTIMIZE=1 LANG="C.UTF-8"
ENV MODE production
USER shop:shop
ENTRYPOINT ["gunicorn"]
CMD ["--bind", "0.0.0.0:8000", \\
     "shop:app"]
"""
    image = image_of(written(tmp_path, Dockerfile=text))
    assert image is not None and image.command is not None
    assert (image.user, image.user_line) == ("shop", 8)
    assert image.environment == {"PYTHONOPTIMIZE": "1", "LANG": "C.UTF-8", "MODE": "production"}
    assert image.command.words == ("gunicorn", "--bind", "0.0.0.0:8000", "shop:app")


@pytest.mark.parametrize("text", ["", "FROM python\n", "FROM python\nCMD\n", "CMD [\n"])
def test_an_image_without_a_command_starts_nothing(tmp_path: Path, text: str) -> None:
    commands = start_commands(written(tmp_path, Dockerfile=text))
    assert [command.program for command in commands] in ([], ["["])


def test_without_files_nothing_is_known(tmp_path: Path) -> None:
    assert (start_commands(tmp_path), image_of(tmp_path)) == ([], None)
