import os
import secrets

import psycopg
from celery import Celery

jobs = Celery("shop", broker=os.environ["BROKER_URL"], ignore_result=True)


class Resets:
    def __init__(self, dsn):
        self.dsn = dsn

    def find(self, address):
        with psycopg.connect(self.dsn) as conn:
            return conn.execute("SELECT id FROM customers WHERE email = %s", (address,)).fetchone()

    def send(self, customer):
        with psycopg.connect(self.dsn) as conn:
            conn.execute(
                "INSERT INTO outbox (customer_id, kind, token) VALUES (%s, 'reset', %s)",
                (customer[0], secrets.token_urlsafe(32)),
            )
