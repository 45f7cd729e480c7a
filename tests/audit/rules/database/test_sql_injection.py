"""Statements that are put together with what a client sends, and those that are not."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "database.sql-injection"
DB = "import sqlite3, psycopg, pymysql, asyncpg, pandas, peewee\nimport sqlalchemy as sa\nfrom sqlalchemy import text"

WEAK = [
    "sqlite3.connect('x').execute(f\"SELECT * FROM t WHERE n = '{q}'\")",
    'sqlite3.connect("x").cursor().executemany("INSERT INTO t VALUES (" + q + ")", [])',
    "sqlite3.connect('x').executescript(q)",
    "psycopg.connect('').execute('SELECT * FROM t ORDER BY %s' % q)",
    "psycopg.connect('').cursor().execute('SELECT * FROM t WHERE n = {}'.format(q))",
    "pymysql.connect().cursor().execute('DELETE FROM t WHERE n = \"' + q + '\"')",
    "sa.create_engine('').connect().execute(text('SELECT ' + q))",
    "sa.create_engine('').connect().exec_driver_sql('SELECT 1 FROM ' + q)",
    "sa.select(sa.literal_column(q))",
    "pandas.read_sql('SELECT * FROM t WHERE n = ' + q, None)",
    "pandas.read_sql_query(f'SELECT {q} FROM t', None)",
    "peewee.SQL('n = ' + q)",
    "psycopg.sql.SQL('SELECT * FROM ' + q)",
    "unknown_db().query('SELECT a FROM t WHERE b = ' + q)",
    "cursor().execute(q)",
    "fetch_conn().execute('UPDATE t SET a = ' + q)",
    # A quote that is doubled is no help where there is none around.
    "sqlite3.connect('x').execute('SELECT a FROM t WHERE b = ' + q.replace(\"'\", \"''\"))",
    # A value that was cut is still one.
    "sqlite3.connect('x').execute('SELECT a FROM t WHERE b = ' + q.strip()[:40])",
    "sqlite3.connect('x').execute('SELECT a FROM t LIMIT ' + ','.join(body['ids']))",
]
SAFE = [
    "sqlite3.connect('x').execute('SELECT * FROM t WHERE n = ?', (q,))",
    "sqlite3.connect('x').execute(f'SELECT * FROM t WHERE n = {int(q)}')",
    "sqlite3.connect('x').execute('SELECT * FROM t WHERE n = %d' % int(q))",
    "marks = ', '.join('?' for _ in body)\nsqlite3.connect('x').execute(f'SELECT * FROM t WHERE n IN ({marks})', body)",
    "sqlite3.connect('x').execute('SELECT * FROM t ORDER BY ' + {'a': 'name', 'b': 'age'}[q])",
    "if q not in ('name', 'age'):\n    abort(400)\nsqlite3.connect('x').execute('SELECT * FROM t ORDER BY ' + q)",
    "column = 'name' if q == 'n' else 'age'\nsqlite3.connect('x').execute(f'SELECT {column} FROM t')",
    "if not q.isidentifier():\n    abort(400)\nsqlite3.connect('x').execute('SELECT ' + q + ' FROM t')",
    "sa.create_engine('').connect().execute(text('SELECT * FROM t WHERE n = :n'), {'n': q})",
    "psycopg.connect('').execute(psycopg.sql.SQL('SELECT {} FROM t').format(psycopg.sql.Identifier(q)))",
    'sqlite3.connect(\'x\').execute("SELECT a FROM t WHERE b = \'" + q.replace("\'", "\'\'") + "\'")',
    # Neither an executor, nor a bus of commands, nor a search engine.
    "import concurrent.futures as f\nf.ThreadPoolExecutor().submit(print, q)",
    "command_bus().execute(q)",
    "Robot().execute(body)",
    "catalogue.query('select the best for ' + q)",
    "re_engine.raw(q)",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_statement_with_a_clients_text_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=DB)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_values_beside_the_statement_and_chosen_names_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=DB) == []


def test_the_finding_says_what_runs_and_shows_the_way() -> None:
    (finding,) = found(in_view("sqlite3.connect('x').execute('SELECT ' + q)", imports=DB), RULE)
    assert finding.title == "execute() runs a statement that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.CRITICAL, Confidence.HIGH)
    assert [step["code"] for step in finding.evidence[0].data["steps"]] == [
        "request.args['q']",
        "'SELECT ' + q",
        "sqlite3.connect('x').execute('SELECT ' + q)",
    ]


def test_a_clause_that_new_versions_refuse_is_only_doubted() -> None:
    (finding,) = found(in_view("sa.select(1).order_by(q)", imports=DB), RULE)
    assert (finding.severity, finding.confidence) == (Severity.LOW, Confidence.LOW)


def test_a_statement_that_was_kept_whole_is_a_guess() -> None:
    code = """
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy
    from sqlalchemy import text
    app = Flask(__name__)
    db = SQLAlchemy(app)

    class Report(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        statement = db.Column(db.Text)

    @app.get("/<int:number>")
    def run(number):
        report = db.session.get(Report, number)
        return {"rows": list(db.session.execute(text(report.statement)))}

    @app.get("/in/<int:number>")
    def part(number):
        report = db.session.get(Report, number)
        return {"rows": list(db.session.execute(text("SELECT * FROM " + report.statement)))}
    """
    assert [finding.confidence.name for finding in found(code, "database.sql-injection")] == ["LOW", "MEDIUM"]
