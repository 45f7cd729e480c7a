import os

import psycopg


def save_customer(email, version, salt, key):
    with psycopg.connect(os.environ["SHOP_DSN"]) as conn:
        conn.execute(
            "INSERT INTO customers (email, kdf, salt, pw_key) VALUES (%s, %s, %s, %s)",
            (email, version, salt, key),
        )


def find_customer(email):
    with psycopg.connect(os.environ["SHOP_DSN"]) as conn:
        return conn.execute("SELECT kdf, salt, pw_key FROM customers WHERE email = %s", (email,)).fetchone()
