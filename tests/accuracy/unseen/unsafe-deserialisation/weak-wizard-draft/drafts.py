import base64
import binascii
import pickle
import zlib
from functools import cached_property


class DraftError(Exception):
    pass


class Draft:
    def __init__(self, text):
        self._text = text or ""

    @property
    def packed(self):
        raise NotImplementedError

    @cached_property
    def values(self):
        packed = self.packed
        if not packed:
            return {}
        return pickle.loads(packed)  # <- weak

    def dump(self, state):
        return base64.urlsafe_b64encode(zlib.compress(pickle.dumps(state))).decode()


class CookieDraft(Draft):
    @property
    def packed(self):
        if not self._text:
            return b""
        try:
            return zlib.decompress(base64.urlsafe_b64decode(self._text))
        except (binascii.Error, zlib.error) as exc:
            raise DraftError from exc
