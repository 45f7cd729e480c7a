import os

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

HASHES = {"mila": os.environ["MILA_HASH"], "jon": os.environ["JON_HASH"]}
hasher = PasswordHasher()


class SignInError(Exception):
    pass


class NoSuchDriver(SignInError):
    pass


class WrongPin(SignInError):
    pass


def check(name, pin):
    if name not in HASHES:
        raise NoSuchDriver(name)
    try:
        hasher.verify(HASHES[name], pin)
    except VerifyMismatchError as exc:
        raise WrongPin(name) from exc
    return name
