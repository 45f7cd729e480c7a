import os

from werkzeug.security import check_password_hash

SPARE = os.environ["SPARE_HASH"]
HASHES = {"ines": os.environ["INES_HASH"], "otto": os.environ["OTTO_HASH"]}


def verify(name, password):
    fits = check_password_hash(HASHES.get(name, SPARE), password)
    return fits and name in HASHES
