import os

from werkzeug.security import check_password_hash

SPARE = os.environ["SPARE_HASH"]
OBSERVERS = {"vera": os.environ["VERA_HASH"], "edwin": os.environ["EDWIN_HASH"]}


class Refused(Exception):
    pass


class UnknownObserver(Refused):
    pass


def verify(name, password):
    fits = check_password_hash(OBSERVERS.get(name, SPARE), password)
    if name not in OBSERVERS:
        raise UnknownObserver()
    if not fits:
        raise Refused()
    return name
