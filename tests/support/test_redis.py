"""The Redis fixture is a real server."""

from redis import Redis


def test_it_answers(redis_server: str) -> None:
    with Redis.from_url(redis_server) as client:
        assert client.ping()
        client.set("garrison", "on the wall")
        assert client.get("garrison") == b"on the wall"
