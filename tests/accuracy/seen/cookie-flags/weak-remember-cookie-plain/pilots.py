import os

from flask_login import UserMixin
from werkzeug.security import check_password_hash

DUMMY = os.environ["DUMMY_HASH"]
PILOTS = {}


class Pilot(UserMixin):
    def __init__(self, ident, name, password_hash):
        self.id, self.name, self.password_hash = ident, name, password_hash
        self.flights = []


def load_pilot(ident):
    return PILOTS.get(ident)


def check(email, password):
    pilot = PILOTS.get(email)
    fits = check_password_hash(pilot.password_hash if pilot else DUMMY, password)
    return pilot if pilot and fits else None
