import hashlib
import os
import secrets

from redis import Redis

store = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def lookup_reader(email):
    return store.hgetall(f"reader:{email.strip().lower()}") or None


class Remembered:
    cookie = "stay"
    days = 60
    flags = {"path": "/", "samesite": "Lax"}

    def _slot(self, token):
        return "stay:" + hashlib.sha256(token.encode()).hexdigest()

    def token_for(self, reader_id):
        token = secrets.token_urlsafe(32)
        store.set(self._slot(token), reader_id, ex=self.days * 86400)
        return token

    def reader_of(self, token):
        return store.get(self._slot(token))

    def attach(self, response, token):
        if token:
            response.set_cookie(self.cookie, token, max_age=self.days * 86400, **self.flags)  # <- weak
