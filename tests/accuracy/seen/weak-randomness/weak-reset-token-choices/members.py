import os

import psycopg
from psycopg.rows import dict_row


def find_by_email(email):
    with psycopg.connect(os.environ["CLUB_DSN"], row_factory=dict_row) as conn:
        return conn.execute("SELECT id, email FROM members WHERE email = %s", (email,)).fetchone()


def save_reset(member_id, token, until):
    with psycopg.connect(os.environ["CLUB_DSN"]) as conn:
        conn.execute(
            "INSERT INTO resets (member_id, token, valid_until) VALUES (%s, %s, %s)", (member_id, token, until)
        )
