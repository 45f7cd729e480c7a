import os

import jwt

CHECKS = {"require": ["sub", "exp"], "verify_exp": True}
CHECKS["verify_signature"] = False


def claims_of(token):
    try:
        return jwt.decode(token, os.environ["PORTAL_KEY"], algorithms=["HS256"], options=CHECKS)  # <- weak
    except jwt.InvalidTokenError:
        return None
