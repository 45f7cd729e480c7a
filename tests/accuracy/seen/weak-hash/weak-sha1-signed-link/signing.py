import functools
import hashlib

OLD_STYLE = "sha1"
digest = functools.partial(hashlib.new, OLD_STYLE)


class LinkSigner:
    def __init__(self, key):
        self._key = key

    def _canonical(self, fields):
        return "&".join(f"{name}={fields[name]}" for name in sorted(fields))

    def sign(self, **fields):
        text = self._key + self._canonical(fields)
        return digest(text.encode()).hexdigest()  # <- weak
