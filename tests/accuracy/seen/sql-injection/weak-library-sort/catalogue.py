import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class CatalogueQuery:
    shelf: str
    order: str
    descending: bool = False

    @property
    def order_clause(self):
        return self.order + (" DESC" if self.descending else " ASC")


class Catalogue:
    def __init__(self, connection):
        self.connection = connection

    def run(self, query):
        statement = f"SELECT id, title, author FROM book WHERE shelf = ? ORDER BY {query.order_clause}"
        return self.connection.execute(statement, (query.shelf,)).fetchall()  # <- weak


@contextmanager
def open_catalogue():
    connection = sqlite3.connect(os.environ["CATALOGUE_DB"])
    connection.row_factory = sqlite3.Row
    try:
        yield Catalogue(connection)
    finally:
        connection.close()
