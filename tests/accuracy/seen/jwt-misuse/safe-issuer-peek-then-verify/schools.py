import jwt
from flask import request


def token_of_request():
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


class SchoolTokens:
    def __init__(self, keys):
        self.keys = keys

    def _key_for(self, token):
        hint = jwt.decode(token, options={"verify_signature": False}).get("iss")  # <- safe
        for issuer, key in self.keys.items():
            if issuer == hint:
                return issuer, key
        raise jwt.InvalidIssuerError("not one of our schools")

    def read(self, token):
        issuer, key = self._key_for(token)
        return jwt.decode(token, key, algorithms=["ES256"], issuer=issuer, options={"require": ["exp", "iss", "sub"]})
