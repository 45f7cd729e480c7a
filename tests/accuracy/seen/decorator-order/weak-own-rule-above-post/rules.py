import functools

from flask import abort, session


def trainer_only(level):
    def outer(view):
        @functools.wraps(view)
        def inner(*args, **kwargs):
            if session.get("trainer_level", 0) < level:
                abort(403)
            return view(*args, **kwargs)

        return inner

    return outer
