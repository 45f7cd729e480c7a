import sqlite3
from contextlib import closing


class Shelf:
    def __init__(self, path):
        self.path = path

    def delete(self, album, dry_run=False):
        with closing(sqlite3.connect(self.path)) as conn:
            names = [row[0] for row in conn.execute("SELECT name FROM photos WHERE album_id = ?", (album,))]
            if dry_run:
                return names
            with conn:
                conn.execute("DELETE FROM photos WHERE album_id = ?", (album,))
            return names
