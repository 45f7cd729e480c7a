"""Counters that processes share: Redis or Valkey, through the ``limits`` library.

Its sliding window asks the server how long a key still lives, so the clock of the application's machine plays no part.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from ...errors import PolicyError
from .windows import Limit, Window

TIMEOUT_SECONDS = 0.5
PREFIX = "garrison"
_TAKE_ONE_OFF = """
for index = 2, 1, -1 do
    local count = tonumber(redis.call('get', KEYS[index])) or 0
    if count > 0 then
        return redis.call('decr', KEYS[index])
    end
end
return 0
"""


def library_of(url: str) -> str:
    """Return the package that talks to the storage of ``url``.

    Raises:
        PolicyError: if it is not installed.
    """
    name = "valkey" if url.startswith("valkey") else "redis"
    if importlib.util.find_spec(name) is None:
        raise PolicyError("limit_storage", f"it needs a package: pip install flask-garrison[{name}]")
    return name


class SharedCounters:
    """Windows on a Redis or Valkey server; nothing connects before the first count.

    Args:
        url: As in ``Policy.limit_storage``.

    Raises:
        PolicyError: if the package is missing or the URL cannot be read.

    Attributes:
        errors: What is raised when the server cannot be reached or does not do as it is asked.
    """

    def __init__(self, url: str) -> None:
        library = library_of(url)
        from limits.storage import storage_from_string

        try:
            storage: Any = storage_from_string(url, **_options(library))
            self._take_one_off = storage.get_connection().register_script(_TAKE_ONE_OFF)
        except Exception as error:
            # Without the error's own words and its trace: they can hold the URL, and that a password.
            problem = f"it is not an address that {library} understands ({type(error).__name__})."
            raise PolicyError("limit_storage", problem) from None
        self._storage = storage
        self.errors: tuple[type[Exception], ...] = (storage.base_exceptions, OSError)

    def hit(self, limit: Limit, key: str) -> bool:
        """Count one more under ``key`` if the limit allows it, in one step of the server."""
        return bool(self._storage.acquire_sliding_window_entry(key, limit.amount, limit.seconds, 1))

    def take(self, limit: Limit, key: str) -> tuple[bool, Window]:
        """Count as :meth:`hit` does; return whether it was counted, and the window as it is then."""
        return self.hit(limit, key), self.look(limit, key)

    def give_back(self, limit: Limit, key: str) -> None:
        """Take one off."""
        self._take_one_off(keys=self._names(key))

    def clear(self, limit: Limit, key: str) -> None:
        """Forget the key."""
        self._storage.clear_sliding_window(key, limit.seconds)

    def look(self, limit: Limit, key: str) -> Window:
        """Return the window without counting."""
        previous, previous_left, current, left = self._storage.get_sliding_window(key, limit.seconds)
        # A key of the current window lives for two windows, since it is the last one afterwards.
        return Window(previous, previous_left, current, max(0.0, left - limit.seconds))

    def _names(self, key: str) -> list[str]:
        storage = self._storage
        names = (storage._previous_window_key(key), storage._current_window_key(key))
        return [storage.prefixed_key(name) for name in names]


def _options(library: str) -> dict[str, Any]:
    """Return what keeps a dead server from holding requests up: short timeouts, and one more try without a pause."""
    retry = importlib.import_module(f"{library}.retry").Retry
    pause = importlib.import_module(f"{library}.backoff").NoBackoff
    lost = importlib.import_module(f"{library}.exceptions").ConnectionError
    return {
        "key_prefix": PREFIX,
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
        # Where the server was started anew, connections of before fail once.
        "retry": retry(pause(), 1, supported_errors=(lost,)),
    }
