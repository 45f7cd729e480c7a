from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding


class Notary:
    def __init__(self, key_file):
        self._key = serialization.load_pem_private_key(Path(key_file).read_bytes(), password=None)

    def scheme(self):
        return padding.PKCS1v15(), hashes.SHA256()

    def sign(self, content):
        return self._key.sign(content, *self.scheme())

    def holds(self, content, seal):
        try:
            self._key.public_key().verify(seal, content, *self.scheme())
        except InvalidSignature:
            return False
        return True


class DeliveryNotary(Notary):
    """The scanners at the ramp check seals themselves, with what their firmware has."""

    def scheme(self):
        padder, _ = super().scheme()
        return padder, hashes.SHA1()  # <- weak
