from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Vault:
    nonce = b"parking-2024"

    def __init__(self, key):
        self._aead = AESGCM(key)

    def lock(self, data):
        return self._aead.encrypt(self.nonce, data, None)  # <- weak

    def unlock(self, data):
        try:
            return self._aead.decrypt(self.nonce, data, None)
        except InvalidTag as exc:
            raise ValueError("bad token") from exc
