import os

import psycopg


def find(word, year=None):
    sql = "SELECT title, year FROM books WHERE title ILIKE %s AND (%s::int IS NULL OR year = %s) LIMIT 50"
    with psycopg.connect(os.environ["BOOKS_DSN"]) as conn:
        return conn.execute(sql, (f"%{word}%", year, year)).fetchall()
