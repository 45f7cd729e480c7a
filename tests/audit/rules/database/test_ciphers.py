"""Ciphers, nonces and keys that protect nothing."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

FOUND = [
    (
        "database.weak-cipher",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
c = Cipher(algorithms.AES(KEY), modes.ECB())  # found
""",
    ),
    (
        "database.weak-cipher",
        """
from Crypto.Cipher import DES3
import os
c = DES3.new(os.urandom(24), DES3.MODE_CBC, os.urandom(8))  # found
""",
    ),
    (
        "database.weak-cipher",
        """
from Crypto.Cipher import AES
import os
c = AES.new(os.urandom(32), AES.MODE_ECB)  # found
""",
    ),
    (
        "database.static-nonce",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
IV = b'\\0' * 16
m = modes.CBC(IV)  # found
""",
    ),
    (
        "database.static-nonce",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
box = AESGCM(KEY).encrypt(bytes(12), b'x', None)  # found
""",
    ),
    (
        "database.static-nonce",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
class Vault:
    NONCE = b'0123456789ab'
    def seal(self, data):
        return AESGCM(KEY).encrypt(self.NONCE, data, None)  # found
""",
    ),
    (
        "database.short-key",
        """
from cryptography.hazmat.primitives.asymmetric import rsa
k = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # found
""",
    ),
]
SAFE = [
    (
        "database.weak-cipher",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
c = Cipher(algorithms.AES(KEY), modes.GCM(os.urandom(12)))
""",
    ),
    (
        "database.weak-cipher",
        """
from Crypto.Cipher import AES
import os
c = AES.new(os.urandom(32), AES.MODE_GCM)
""",
    ),
    (
        "database.weak-cipher",
        """
DES = 'customs form'
class DES3:
    def new(self):
        return DES
DES3().new()
""",
    ),
    (
        "database.static-nonce",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
def seal(data):
    nonce = os.urandom(12)
    return nonce + AESGCM(KEY).encrypt(nonce, data, None)
""",
    ),
    (
        "database.static-nonce",
        """
import os
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
KEY = os.environ['COLUMN_KEY'].encode()
IV = b'0' * 16
IV = os.urandom(16)
m = modes.CBC(IV)
""",
    ),
    (
        "database.short-key",
        """
from cryptography.hazmat.primitives.asymmetric import rsa
k = rsa.generate_private_key(public_exponent=65537, key_size=3072)
""",
    ),
]


@pytest.mark.parametrize(("rule", "code"), FOUND)
def test_found(rule: str, code: str) -> None:
    assert [line for line, _ in findings_in(code, rule)] == marked(code)


@pytest.mark.parametrize(("rule", "code"), SAFE)
def test_safe(rule: str, code: str) -> None:
    assert findings_in(code, rule) == []
