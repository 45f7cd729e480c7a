import os

import psycopg
from psycopg.rows import dict_row


def find_teacher(name):
    with psycopg.connect(os.environ["SKI_DSN"], row_factory=dict_row) as conn:
        return conn.execute("SELECT id, password_hash FROM teachers WHERE name = %s", (name,)).fetchone()
