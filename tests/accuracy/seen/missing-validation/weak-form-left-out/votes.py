import sqlite3
from contextlib import closing


class Votes:
    def __init__(self, path):
        self.path = path

    def _run(self, sql, *values):
        with closing(sqlite3.connect(self.path)) as conn, conn:
            return conn.execute(sql, values).fetchall()

    def of(self, course):
        return self._run("SELECT points, remark FROM votes WHERE course = ?", course)

    def add(self, course, student, points, remark):
        sql = "INSERT INTO votes (course, student, points, remark) VALUES (?, ?, ?, ?)"
        self._run(sql, course, student, points, remark)

    def ask(self, course, student, text):
        self._run("INSERT INTO questions (course, student, text) VALUES (?, ?, ?)", course, student, text)

    def change(self, course, student, points, remark):
        sql = "UPDATE votes SET points = ?, remark = ? WHERE course = ? AND student = ?"
        self._run(sql, points, remark, course, student)
