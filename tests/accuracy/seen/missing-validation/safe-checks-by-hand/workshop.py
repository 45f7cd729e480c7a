import os

import psycopg


def save_appointment(customer, day, maker):
    sql = "INSERT INTO appointments (customer_id, day, maker) VALUES (%s, %s, %s) RETURNING id"
    with psycopg.connect(os.environ["PIANO_DSN"]) as conn:
        return conn.execute(sql, (customer, day, maker)).fetchone()[0]


def save_pitch(customer, pitch, note):
    with psycopg.connect(os.environ["PIANO_DSN"]) as conn:
        conn.execute("UPDATE customers SET pitch = %s, note = %s WHERE id = %s", (pitch, note, customer))
