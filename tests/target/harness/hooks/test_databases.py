"""SQLite in a real child: every file that is opened is a copy; the original stays as it is, byte for byte."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.target.harness.support import answers, run, said, tree


def database(path: Path, *, wal: bool = False) -> Path:
    """Make a database with one row."""
    connection = sqlite3.connect(path)
    if wal:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE item (name TEXT)")
    connection.execute("INSERT INTO item VALUES ('original')")
    connection.commit()
    connection.close()
    return path


def test_commit_reaches_the_copy_only(tmp_path: Path) -> None:
    file = database(tmp_path / "shop.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        """
        import sqlite3
        connection = sqlite3.connect("shop.db")
        connection.execute("INSERT INTO item VALUES ('added')")
        connection.commit()
        @app.get("/")
        def items():
            with sqlite3.connect("shop.db") as other:
                return [row[0] for row in other.execute("SELECT name FROM item")]
        """,
        "/",
    )
    assert outcome.result["answers"] == [[200, '["original","added"]\n']]
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop.db", "shop.py"]
    assert list(outcome.databases) == [str(file)]
    assert not Path(outcome.databases[str(file)]).exists()
    assert "each SQLite file was copied before it was opened" in outcome.layers


@pytest.mark.parametrize(
    "connect",
    [
        'sqlite3.connect("file:shop.db?mode=rw", uri=True)',
        'sqlite3.connect(f"file:{os.getcwd()}/shop%2Edb", uri=True)',
        'sqlite3.connect(f"file://localhost{os.getcwd()}/shop.db?cache=shared", uri=True)',
        'sqlite3.connect(Path("shop.db"))',
        'sqlite3.connect(b"shop.db")',
        'sqlite3.connect(database="shop.db", isolation_level=None)',
        'sqlite3.dbapi2.connect("shop.db")',
        'connect("shop.db")',
    ],
)
def test_every_way_to_name_the_file(tmp_path: Path, connect: str) -> None:
    file = database(tmp_path / "shop.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        f"""
        import os, sqlite3, sqlite3.dbapi2
        from pathlib import Path
        from sqlite3 import connect
        connection = {connect}
        connection.execute("DROP TABLE item")
        connection.commit()
        """,
    )
    assert said(outcome) == []
    assert file.read_bytes() == before
    assert list(outcome.databases) == [str(file)]


def test_what_the_journal_holds_is_copied_too(tmp_path: Path) -> None:
    file = database(tmp_path / "shop.db", wal=True)
    writer = sqlite3.connect(file)
    writer.execute("INSERT INTO item VALUES ('in the journal')")
    writer.commit()
    before = tree(tmp_path)
    assert {"shop.db", "shop.db-wal", "shop.db-shm"} == set(before)
    outcome = run(
        tmp_path,
        """
        import sqlite3
        connection = sqlite3.connect("shop.db")
        print(connection.execute("SELECT name FROM item").fetchall())
        connection.execute("DELETE FROM item")
        connection.commit()
        """,
    )
    after = tree(tmp_path)
    writer.close()
    assert said(outcome) == ["[('original',), ('in the journal',)]"]
    assert {name: value for name, value in after.items() if name != "shop.py"} == before


def test_missing_databases_and_memory(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import os, sqlite3
        for name in ("new.db", ":memory:", ""):
            connection = sqlite3.connect(name)
            connection.execute("CREATE TABLE item (name TEXT)")
            connection.commit()
        sqlite3.connect("file:shared?mode=memory&cache=shared", uri=True).execute("CREATE TABLE item (name TEXT)")
        print(os.path.exists("new.db"), sqlite3.connect("new.db").execute("SELECT * FROM item").fetchall())
        for missing in ("file:none.db?mode=ro", "file:none/none.db"):
            try:
                sqlite3.connect(missing, uri=True)
            except sqlite3.OperationalError as error:
                print(error)
        """,
    )
    assert said(outcome) == ["True []", *["unable to open database file"] * 2]
    assert list(tmp_path.iterdir()) == [tmp_path / "shop.py"]
    assert str(tmp_path / "new.db") in outcome.databases


@pytest.mark.parametrize(
    "attach",
    [
        """execute("ATTACH 'other.db' AS other")""",
        """execute('attach database "other.db" as other')""",
        """execute("ATTACH ? AS other", ("other.db",))""",
        """execute("ATTACH ? AS ?", ("other.db", "other"))""",
        """execute("ATTACH :file AS other", {"file": "other.db"})""",
        """executescript("SELECT 1; ATTACH 'other.db' AS other;")""",
        """cursor().execute("ATTACH 'other.db' AS other")""",
    ],
)
def test_attached_databases_are_copied_too(tmp_path: Path, attach: str) -> None:
    file = database(tmp_path / "other.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        f"""
        import sqlite3
        class Own(sqlite3.Connection):
            pass
        connection = sqlite3.connect(":memory:", 5, 0, None, False, Own)
        connection.{attach}
        print(connection.execute("SELECT name FROM other.item").fetchall(), isinstance(connection, Own))
        connection.execute("DROP TABLE other.item")
        """,  # noqa: S608 - no value of anybody is in it
    )
    assert said(outcome) == ["[('original',)] True"]
    assert file.read_bytes() == before
    assert list(outcome.databases) == [str(file)]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("VACUUM INTO 'new.db'", " new.db"),
        ("/* now */ ATTACH 'other.db' AS other", " other.db"),
        ("ATTACH ?1 AS o", ""),
    ],
)
def test_what_is_attached_in_another_way_is_refused(tmp_path: Path, statement: str, named: str) -> None:
    file = database(tmp_path / "other.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        f"""
        import sqlite3
        connection = sqlite3.connect("shop.db")
        try:
            connection.execute({statement!r}, ("other.db",) if "?" in {statement!r} else ())
        except sqlite3.DatabaseError as error:
            print(str(error) in ("not authorized", "authorization denied"))
        connection.execute("ATTACH ':memory:' AS scratch")
        """,
    )
    assert said(outcome) == ["True"]
    assert [attempt.words for attempt in outcome.refused] == [f"write: the attached database{named} (shop.py:8)"]
    assert file.read_bytes() == before
    assert not (tmp_path / "new.db").exists()


def test_the_class_itself_meets_the_backstop(tmp_path: Path) -> None:
    file = database(tmp_path / "shop.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        """
        import sqlite3
        try:
            sqlite3.Connection("shop.db").execute("DELETE FROM item")
        except PermissionError as error:
            print(error)
        """,
    )
    assert said(outcome) == ["[Errno 13] Flask-Garrison refused to change the database shop.db during the check"]
    assert file.read_bytes() == before


def test_sqlalchemy(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    file = database(tmp_path / "shop.db")
    before = file.read_bytes()
    source = """
        from sqlalchemy import create_engine, text
        engine = create_engine("sqlite:///shop.db")
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO item VALUES ('added')"))
        @app.get("/")
        def items():
            with engine.connect() as connection:
                return [row[0] for row in connection.execute(text("SELECT name FROM item"))]
        """
    assert answers(tmp_path, source, "/") == [[200, '["original","added"]\n']]
    assert file.read_bytes() == before


def test_flask_sqlalchemy_in_the_instance_folder(tmp_path: Path) -> None:
    pytest.importorskip("flask_sqlalchemy")
    (tmp_path / "instance").mkdir()
    file = database(tmp_path / "instance/shop.db")
    before = file.read_bytes()
    outcome = run(
        tmp_path,
        """
        from flask_sqlalchemy import SQLAlchemy
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"
        database = SQLAlchemy(app)
        class Item(database.Model):
            name = database.Column(database.String, primary_key=True)
        with app.app_context():
            database.create_all()
            database.session.add(Item(name="added"))
            database.session.commit()
        @app.get("/")
        def items():
            return [item.name for item in Item.query]
        """,
        "/",
    )
    assert outcome.result["answers"] == [[200, '["original","added"]\n']]
    assert list(outcome.databases) == [str(file)]
    assert file.read_bytes() == before
