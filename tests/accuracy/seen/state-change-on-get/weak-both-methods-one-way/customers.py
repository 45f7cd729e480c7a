from contextlib import contextmanager

import psycopg


class Customers:
    def __init__(self, dsn):
        self.dsn = dsn

    @contextmanager
    def _conn(self):
        with psycopg.connect(self.dsn) as conn:
            yield conn

    def letter(self, customer):
        with self._conn() as conn:
            row = conn.execute("SELECT letter FROM customers WHERE id = %s", (customer,)).fetchone()
        return row[0] if row else None

    def set_letter(self, customer, letter):
        with self._conn() as conn:
            conn.execute("UPDATE customers SET letter = %s WHERE id = %s", (letter, customer))
