import secrets
import sqlite3

from flask_login import UserMixin
from werkzeug.security import check_password_hash, generate_password_hash

NOBODY = generate_password_hash(secrets.token_hex(16))


class Member(UserMixin):
    def __init__(self, number):
        self.id = number


def find_member(name, password):
    with sqlite3.connect("/var/lib/allotment/members.db") as connection:
        row = connection.execute("SELECT id, digest FROM members WHERE name = ?", (name,)).fetchone()
    number, digest = row or (None, NOBODY)
    return Member(number) if check_password_hash(digest, password) and number is not None else None
