import sqlite3
from dataclasses import dataclass

from markupsafe import escape


@dataclass
class Comment:
    author: str
    text: str
    written_at: str

    def as_html(self):
        paragraphs = "</p><p>".join(self.text.split("\n\n"))
        return f"<article><h4>{escape(self.author)}, {escape(self.written_at)}</h4><p>{paragraphs}</p></article>"


class Board:
    def __init__(self, path):
        self.path = path

    def add(self, notice, author_id, text):
        values = (notice, author_id, text)
        with sqlite3.connect(self.path) as connection:
            connection.execute("INSERT INTO comments (notice, author_id, text) VALUES (?, ?, ?)", values)

    def comments(self, notice):
        query = (
            "SELECT people.name, comments.text, comments.written_at FROM comments "
            "JOIN people ON people.id = comments.author_id WHERE comments.notice = ? ORDER BY comments.id"
        )
        with sqlite3.connect(self.path) as connection:
            for row in connection.execute(query, (notice,)):
                yield Comment(*row)
