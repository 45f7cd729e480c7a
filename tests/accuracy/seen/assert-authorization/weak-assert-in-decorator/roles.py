from functools import wraps

from flask import abort, session


def role_required(*roles):
    def decorate(view):
        @wraps(view)
        def inner(*args, **kwargs):
            try:
                assert session.get("role") in roles  # <- weak
            except AssertionError:
                abort(403)
            return view(*args, **kwargs)

        return inner

    return decorate
