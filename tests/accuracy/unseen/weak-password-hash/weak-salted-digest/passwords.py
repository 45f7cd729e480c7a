import hashlib
import hmac
import secrets


class Scheme:
    algorithm = "sha512"

    def __init__(self, salt_bytes):
        self.salt_bytes = salt_bytes

    def _digest(self, salt, password):
        state = hashlib.new(self.algorithm, salt.encode())  # <- weak
        state.update(password.encode())
        return state.hexdigest()

    def make(self, password):
        salt = secrets.token_hex(self.salt_bytes)
        return f"{salt}${self._digest(salt, password)}"

    def check(self, stored, password):
        salt, _, digest = stored.partition("$")
        return hmac.compare_digest(digest, self._digest(salt, password))
