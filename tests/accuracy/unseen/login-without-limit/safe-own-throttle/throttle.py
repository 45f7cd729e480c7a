from contextlib import contextmanager

from redis import Redis


class TooMany(Exception):
    pass


class Attempt:
    def __init__(self, store, key):
        self.store = store
        self.key = key

    def succeeded(self):
        self.store.delete(self.key)


class Throttle:
    def __init__(self, url, per_account, per_address, window):
        self.store = Redis.from_url(url)
        self.limits = {"account": per_account, "address": per_address}
        self.window = window

    def _count(self, kind, value):
        key = f"sign-in:{kind}:{value}"
        with self.store.pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, self.window, nx=True)
            count, _ = pipe.execute()
        if count > self.limits[kind]:
            raise TooMany
        return key

    @contextmanager
    def attempt(self, account, address):
        self._count("address", address)
        yield Attempt(self.store, self._count("account", account))
