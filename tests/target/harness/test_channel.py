"""The private pipe: lines of JSON, and nothing from a fork."""

from __future__ import annotations

import os

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_has_nothing_to_say(tmp_path: object) -> None:
    reading, writing = os.pipe()
    channel = Channel(writing)
    process = os.fork()
    if process == 0:
        channel.send("result", data="of the fork")
        os._exit(0)
    os.waitpid(process, 0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        assert file.read() == b""
