import os
from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row


@dataclass
class Account:
    id: int
    name: str
    password_hash: str


def find_account(name):
    with psycopg.connect(os.environ["DATABASE_URL"], row_factory=class_row(Account)) as connection:
        query = "SELECT id, name, password_hash FROM account WHERE name = %s"
        return connection.execute(query, (name,)).fetchone()
