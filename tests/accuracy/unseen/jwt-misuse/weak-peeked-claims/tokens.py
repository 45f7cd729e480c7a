import os
from dataclasses import dataclass, field

import jwt
from flask import abort, current_app, request

KEYS = jwt.PyJWKClient(os.environ["JWKS_URL"])
AUDIENCE = "charging"


def bearer():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)
    return token


@dataclass(frozen=True)
class Caller:
    subject: str
    roles: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def _from(cls, claims):
        return cls(claims["sub"], frozenset(claims.get("roles", ())))

    @classmethod
    def peek(cls, token):
        checks = dict.fromkeys(("verify_signature", "verify_aud"), False)
        try:
            return cls._from(jwt.decode(token, options=checks))  # <- weak
        except (jwt.InvalidTokenError, KeyError):
            abort(401)

    @classmethod
    def verified(cls, token):
        issuer = current_app.config["JWT_ISSUER"]
        try:
            key = KEYS.get_signing_key_from_jwt(token).key
            return cls._from(jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer=issuer))
        except (jwt.PyJWTError, KeyError):
            abort(401)
