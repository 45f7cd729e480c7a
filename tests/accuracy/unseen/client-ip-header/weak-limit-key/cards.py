import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error


class Cards:
    def __init__(self, dsn):
        self.dsn = dsn
        self.hasher = PasswordHasher()

    def balance(self, number, pin):
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute("SELECT pin_hash, cents FROM cards WHERE number = %s", (number,)).fetchone()
        if row is None:
            return None
        try:
            self.hasher.verify(row[0], pin)
        except Argon2Error:
            return None
        return row[1]
