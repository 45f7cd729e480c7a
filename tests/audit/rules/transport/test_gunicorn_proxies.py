"""Whom gunicorn believes is found by what its settings come to, and where it listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles, written
from tests.audit.support import make, of_app

FORWARDED = "transport.gunicorn-believes-everybody"
PROTOCOL = "transport.gunicorn-proxy-protocol"
HEADERS = "transport.gunicorn-header-map"
FOUND = ["medium: forwarded_allow_ips names every address"]
OPEN = 'bind = "0.0.0.0:8000"\n'


def of_file(rule: str, folder: Path, source: str, **environ: str) -> list[str] | None:
    written(folder, gunicorn__conf__py=source)
    return titles(rule, project(folder), root=folder, environ=environ)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (OPEN + 'forwarded_allow_ips = "*"\n', FOUND),
        (OPEN + 'forwarded_allow_ips = ["10.0.0.1", "0.0.0.0/0"]\n', FOUND),
        (OPEN + 'forwarded_allow_ips = "10.0.0.1, 10.0.0.2"\n', []),
        (OPEN, []),
        ('bind = "127.0.0.1:8000"\nforwarded_allow_ips = "*"\n', []),
        ('bind = ["unix:/run/shop.sock"]\nforwarded_allow_ips = "*"\n', []),
        ('forwarded_allow_ips = "*"\n', []),
    ],
)
def test_everybody_matters_where_everybody_can_connect(tmp_path: Path, source: str, words: list[str]) -> None:
    assert of_file(FORWARDED, tmp_path, source) == words


def test_the_environment_is_gunicorns_default(tmp_path: Path) -> None:
    assert of_file(FORWARDED, tmp_path, OPEN, FORWARDED_ALLOW_IPS="*") == FOUND
    assert of_file(FORWARDED, tmp_path, 'forwarded_allow_ips = "*"\n', PORT="8000") == FOUND
    narrow = OPEN + 'forwarded_allow_ips = "10.0.0.1"\n'
    assert of_file(FORWARDED, tmp_path, narrow, FORWARDED_ALLOW_IPS="*") == []


def test_the_command_line_counts_most(tmp_path: Path) -> None:
    written(tmp_path, Procfile="web: gunicorn shop:app -b 0.0.0.0:$PORT --forwarded-allow-ips='*'\n")
    assert titles(FORWARDED, project(tmp_path), root=tmp_path, environ={}) == FOUND
    arguments = {"GUNICORN_CMD_ARGS": "--bind=0.0.0.0 --forwarded-allow-ips=10.0.0.1"}
    (tmp_path / "Procfile").unlink()
    assert titles(FORWARDED, project(tmp_path), root=tmp_path, environ=arguments) == []


def test_the_evidence_says_where(tmp_path: Path) -> None:
    written(tmp_path, gunicorn__conf__py=OPEN + 'forwarded_allow_ips = "*"\n')
    (match,) = of_app(FORWARDED, project(tmp_path), root=tmp_path, environ={}) or []
    assert isinstance(match, Match)
    assert match.evidence[0].summary.endswith("gunicorn.conf.py:2: forwarded_allow_ips = '*'")


def test_what_only_running_tells_is_not_checked(tmp_path: Path) -> None:
    (unread,) = of_file(FORWARDED, tmp_path, OPEN + "forwarded_allow_ips = ask_the_cloud()\n") or []
    assert unread.startswith("? forwarded_allow_ips in ")
    (star,) = of_file(HEADERS, tmp_path, "from settings import *\n") or []
    assert star.endswith("the file takes names from another module")
    (broken,) = of_file(HEADERS, tmp_path, "bind = (\n") or []
    assert broken.endswith("it cannot be read: SyntaxError")


def test_nothing_in_the_file_runs(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    of_file(FORWARDED, tmp_path, f"open({str(mark)!r}, 'w')\nbind = open({str(mark)!r}, 'w').name\n")
    assert not mark.exists()


def test_the_proxy_protocol_from_everybody_is_found(tmp_path: Path) -> None:
    everybody = OPEN + 'proxy_allow_ips = "*"\n'
    words = ["medium: proxy_allow_ips names every address"]
    assert of_file(PROTOCOL, tmp_path, everybody + 'proxy_protocol = "auto"\n') == words
    assert of_file(PROTOCOL, tmp_path, everybody + "proxy_protocol = True\n") == words
    assert of_file(PROTOCOL, tmp_path, everybody) == []


def test_a_dangerous_header_map_is_found(tmp_path: Path) -> None:
    assert of_file(HEADERS, tmp_path, 'header_map = "dangerous"\n') == ["medium: header_map is dangerous"]
    assert of_file(HEADERS, tmp_path, 'header_map = "refuse"\n') == []


@pytest.mark.parametrize("rule", [FORWARDED, PROTOCOL, HEADERS])
def test_without_gunicorn_there_is_nothing(tmp_path: Path, rule: str) -> None:
    assert titles(rule, make(), root=tmp_path, environ={}) is None
