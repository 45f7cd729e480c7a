"""A project that starts the development server is found by its start files, and a debugger by its call."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles, written
from tests.audit.support import of_app

SERVER = "assessment.development-server"
DEBUG = "assessment.debug-at-start"
RUNS = 'from flask import Flask\n\napp = Flask("shop")\nif __name__ == "__main__":\n    app.run(host="0.0.0.0")\n'


@pytest.mark.parametrize(
    ("procfile", "words"),
    [
        ("web: flask run --host 0.0.0.0", ["medium: Procfile starts the development server"]),
        ("web: flask --debug run", ["high: Procfile starts the development server in debug mode"]),
        ("web: python -m flask run", ["medium: Procfile starts the development server"]),
        ("web: python shop.py", ["medium: Procfile starts the development server"]),
        ("web: flask db upgrade", []),
        ("web: gunicorn shop:app", []),
        ("web: python serve.py", []),
        ("worker: flask run", None),
    ],
)
def test_a_start_is_judged_by_what_it_starts(tmp_path: Path, procfile: str, words: list[str] | None) -> None:
    written(tmp_path, Procfile=f"{procfile}\n", shop__py=RUNS, serve__py="from waitress import serve\nserve(None)\n")
    assert titles(SERVER, project(tmp_path), root=tmp_path) == words


def test_an_image_is_read_to_its_last_stage(tmp_path: Path) -> None:
    image = (
        'FROM python AS build\nCMD ["flask", "run"]\nFROM python\nENV FLASK_APP=shop\n'
        'CMD ["gunicorn", \\\\\n  "shop:app"]\n'
    )
    written(tmp_path, Dockerfile=image)
    assert titles(SERVER, project(tmp_path), root=tmp_path) == []
    written(tmp_path, Dockerfile='FROM python\nENTRYPOINT ["flask"]\nCMD ["run", "--host=0.0.0.0"]\n')
    (match,) = of_app(SERVER, project(tmp_path), root=tmp_path) or []
    assert isinstance(match, Match)
    assert (match.title, match.line) == ("Dockerfile starts the development server", 3)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("app.run(debug=True)", ["low: app.py starts the debugger"]),
        ('app.run("0.0.0.0", debug=True)', ["medium: app.py starts the debugger for every machine of the network"]),
        (
            'app.run(host="0.0.0.0", debug=True)',
            ["medium: app.py starts the debugger for every machine of the network"],
        ),
        ("run_simple('localhost', 5000, app, use_debugger=True)", ["low: app.py starts the debugger"]),
        ("app.run()", []),
        ("app.run(debug=os.environ.get('DEBUG') == '1')", []),
        ("subprocess.run(debug=True)", []),
    ],
)
def test_a_debugger_at_the_start_is_found(tmp_path: Path, call: str, words: list[str]) -> None:
    written(tmp_path, app__py=f'if __name__ == "__main__":\n    {call}\n')
    assert titles(DEBUG, project(tmp_path), root=tmp_path) == words
