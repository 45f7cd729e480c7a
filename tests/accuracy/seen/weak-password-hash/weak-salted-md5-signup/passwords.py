import hashlib
import hmac
import secrets


def _digest(phrase, salt):
    material = salt + phrase.encode("utf-8")
    return hashlib.md5(material).hexdigest()  # <- weak


def protect(phrase):
    salt = secrets.token_bytes(16)
    return salt, _digest(phrase, salt)


def check(phrase, salt, expected):
    return hmac.compare_digest(_digest(phrase, salt), expected)
