import hashlib
import hmac


class Mark:
    digest = None

    def __init__(self, key):
        self.key = key

    def over(self, data):
        if self.digest not in ALLOWED:
            raise TypeError("a mark needs a digest")
        return hmac.new(self.key, data, self.digest).hexdigest()  # <- safe


class MeterMark(Mark):
    digest = "sha256"


class AuditMark(Mark):
    digest = "sha512"


ALLOWED = frozenset(hashlib.algorithms_guaranteed) - {"md5", "sha1"}
