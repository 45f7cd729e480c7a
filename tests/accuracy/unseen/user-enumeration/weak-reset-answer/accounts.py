import psycopg
from psycopg.rows import dict_row


class Accounts:
    def __init__(self, dsn):
        self.dsn = dsn

    def by_email(self, email):
        with psycopg.connect(self.dsn, row_factory=dict_row) as connection:
            found = connection.execute(
                "SELECT id, email FROM accounts WHERE lower(email) = lower(%s) AND NOT closed", (email.strip(),)
            )
            return found.fetchone()
