from collections import Counter
from functools import wraps

from flask import abort
from flask_login import current_user

calls = Counter()


def counted(view):
    @wraps(view)
    def counting(*args, **kwargs):
        calls[view.__name__] += 1
        return view(*args, **kwargs)

    return counting


def needs(duty):
    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if not current_user.is_authenticated:
                abort(401)
            if duty not in current_user.duties:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
