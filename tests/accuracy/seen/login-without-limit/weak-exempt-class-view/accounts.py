import os

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

hasher = PasswordHasher()
HASHES = {"S-1001": os.environ["CARD_1001_HASH"], "S-1002": os.environ["CARD_1002_HASH"]}
SPARE = os.environ["SPARE_HASH"]
PASSES = {"S-1001": ["day", "night"], "S-1002": ["season"]}


def verify(card, password):
    try:
        hasher.verify(HASHES.get(card, SPARE), password)
    except VerificationError:
        return False
    return card in HASHES
