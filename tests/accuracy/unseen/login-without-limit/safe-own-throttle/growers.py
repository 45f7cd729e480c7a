import os

import psycopg
from psycopg.rows import dict_row
from werkzeug.security import check_password_hash, generate_password_hash

NOBODY = {"id": None, "password_hash": generate_password_hash(os.urandom(12).hex())}


def find_grower(number):
    with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
        query = "SELECT id, password_hash FROM growers WHERE number = %s"
        return connection.execute(query, (number,)).fetchone() or NOBODY


def password_matches(grower, password):
    return check_password_hash(grower["password_hash"], password) and grower["id"] is not None
