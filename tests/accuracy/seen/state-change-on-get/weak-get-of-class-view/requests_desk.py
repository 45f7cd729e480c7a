import os

import psycopg
from flask_login import UserMixin
from psycopg.rows import dict_row


class Leader(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_leader(ident):
    return Leader(ident)


class Desk:
    def _run(self, sql, *values):
        with psycopg.connect(os.environ["HIKING_DSN"], row_factory=dict_row) as conn:
            return conn.execute(sql, values).fetchall()

    def waiting(self):
        return self._run("SELECT id, name FROM requests WHERE state = 'waiting' ORDER BY id")

    def _decide(self, number, state):
        return self._run("UPDATE requests SET state = %s WHERE id = %s RETURNING id, state", state, number)

    def accept(self, number):
        return self._decide(number, "accepted")

    def refuse(self, number):
        return self._decide(number, "refused")

    def flag(self, number):
        self._run("UPDATE requests SET flagged = true WHERE id = %s RETURNING id", number)
