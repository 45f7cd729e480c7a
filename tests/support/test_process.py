"""Processes are waited for, stopped by id, and say what they printed when they do not start."""

import sys
from pathlib import Path

import pytest

from tests.support.process import ProcessEndedError, answers, free_port, running


def test_running_until_the_block_ends(tmp_path: Path) -> None:
    port = free_port()
    argv = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path) as process:
        assert answers(port)
    assert process.returncode is not None
    assert not answers(port)


def test_a_process_that_ends_shows_its_words(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "print('no luck')"]
    with pytest.raises(ProcessEndedError, match="no luck"), running(argv, port=free_port(), log=tmp_path / "log"):
        pass
