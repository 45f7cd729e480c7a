"""Kennel book of a breeders' association, with a table of what each role may do."""

import enum
import os
from functools import wraps

from flask import Flask, abort, jsonify
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)


class Role(enum.StrEnum):
    BREEDER = "breeder"
    JUDGE = "judge"
    REGISTRAR = "registrar"


PERMISSIONS = {
    Role.BREEDER: {"litter:announce"},
    Role.JUDGE: {"show:score"},
    Role.REGISTRAR: {"litter:announce", "litter:register"},
}
assert PERMISSIONS.keys() == set(Role), "every role has its permissions"  # <- safe


def requires(permission):
    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(*args, **kwargs):
            if permission not in PERMISSIONS.get(current_user.role, ()):
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate


@app.post("/litters/<int:litter>/register")
@requires("litter:register")
def register(litter):
    return jsonify(litter=litter, registered=True)
