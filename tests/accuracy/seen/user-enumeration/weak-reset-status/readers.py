import secrets

import psycopg
from psycopg.rows import dict_row


class Readers:
    def __init__(self, dsn):
        self.dsn = dsn

    def find(self, email):
        with psycopg.connect(self.dsn, row_factory=dict_row) as conn:
            return conn.execute("SELECT id, email FROM readers WHERE email = %s", (email,)).fetchone()

    def new_reset(self, reader, valid):
        token = secrets.token_urlsafe(32)
        with psycopg.connect(self.dsn) as conn:
            conn.execute(
                "INSERT INTO resets (reader_id, token, until) VALUES (%s, %s, now() + %s)",
                (reader["id"], token, valid),
            )
        return token
