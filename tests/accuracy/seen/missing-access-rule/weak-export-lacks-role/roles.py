from functools import wraps

from flask import abort, session


def needs(*roles):
    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if session.get("role") not in roles:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
