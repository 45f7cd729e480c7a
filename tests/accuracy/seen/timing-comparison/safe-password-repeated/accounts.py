import psycopg
from psycopg.errors import UniqueViolation


class Taken(Exception):
    pass


class AccountStore:
    def __init__(self, dsn):
        self.dsn = dsn

    def add(self, name, password_hash):
        sql = "INSERT INTO accounts (name, password_hash) VALUES (%s, %s) RETURNING id"
        try:
            with psycopg.connect(self.dsn) as conn:
                return conn.execute(sql, (name, password_hash)).fetchone()[0]
        except UniqueViolation as exc:
            raise Taken(name) from exc
