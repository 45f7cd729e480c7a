"""The private pipe: lines of JSON, and nothing from a fork."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from flask_garrison.target.harness.channel import Channel, decode


def test_messages_arrive_as_they_were_sent() -> None:
    reading, writing = os.pipe()
    channel = Channel(writing)
    channel.send("progress", words="füllt\nauf")
    channel.send("result", data=[1, None, {"a": "b"}])
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        assert [decode(line) for line in file] == [
            {"kind": "progress", "words": "füllt\nauf"},
            {"kind": "result", "data": [1, None, {"a": "b"}]},
        ]


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b'{"kind": 3}', b"\xff"])
def test_anything_else_is_no_message(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode(line)


FORKING = """
import os
from flask_garrison.target.harness.channel import Channel
channel = Channel(1)
if os.fork() == 0:
    channel.send("result", data="of the fork")
    os._exit(0)
os.wait()
channel.send("result", data="of the child")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_has_nothing_to_say() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, check=True)
    assert decode(done.stdout) == {"kind": "result", "data": "of the child"}
