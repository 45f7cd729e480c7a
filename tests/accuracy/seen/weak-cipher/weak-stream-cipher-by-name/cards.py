import psycopg
from flask_login import UserMixin


class Clerk(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_clerk(ident):
    return Clerk(ident)


class CardStore:
    def __init__(self, dsn):
        self.dsn = dsn

    def numbers(self, partner):
        with psycopg.connect(self.dsn) as conn:
            return [row[0] for row in conn.execute("SELECT number FROM cards WHERE partner = %s", (partner,))]

    def key(self, partner):
        with psycopg.connect(self.dsn) as conn:
            return conn.execute("SELECT key FROM partners WHERE name = %s", (partner,)).fetchone()[0]
