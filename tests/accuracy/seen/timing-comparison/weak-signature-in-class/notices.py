import hashlib
import hmac
import json
from dataclasses import dataclass


@dataclass
class Notice:
    raw: bytes
    signature: str

    def json(self):
        return json.loads(self.raw)


class Seal:
    def __init__(self, key):
        self._key = key.encode()

    def _over(self, raw):
        return hmac.new(self._key, raw, hashlib.sha256).hexdigest()

    def fits(self, notice):
        expected = self._over(notice.raw)
        return not (expected != notice.signature)  # <- weak
