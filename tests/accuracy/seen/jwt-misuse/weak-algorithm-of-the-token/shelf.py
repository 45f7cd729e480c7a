import os

import psycopg
from psycopg.rows import dict_row


def prescriptions_of(customer):
    with psycopg.connect(os.environ["PHARMACY_DSN"], row_factory=dict_row) as conn:
        return conn.execute("SELECT id, drug FROM prescriptions WHERE customer = %s", (customer,)).fetchall()
