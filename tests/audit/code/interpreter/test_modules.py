"""Across files: imports of every form lead to what they name, and globals of a module are one for all."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_files

HELPERS = "def raw(text):\n    return 'SELECT ' + text\n\ndef fixed(text):\n    return 'SELECT 1'\n"
VIEW = """
@app.route("/")
def view():
    db.execute({raw}(request.args["q"]))  # found
    db.execute({raw}("a"))
    db.execute({fixed}(request.args["q"]))
"""
IMPORTS = {
    "from a module": ("helpers.py", "from helpers import raw, fixed", "raw", "fixed"),
    "a module": ("helpers.py", "import helpers", "helpers.raw", "helpers.fixed"),
    "a module under another name": ("helpers.py", "import helpers as h", "h.raw", "h.fixed"),
    "names under other names": ("helpers.py", "from helpers import raw as r, fixed as f", "r", "f"),
    "a star": ("helpers.py", "from helpers import *", "raw", "fixed"),
    "a dotted module": ("tools/text.py", "import tools.text", "tools.text.raw", "tools.text.fixed"),
    "a dotted module under a name": ("tools/text.py", "import tools.text as t", "t.raw", "t.fixed"),
    "a module of a package": ("tools/text.py", "from tools import text", "text.raw", "text.fixed"),
    "a deep name": ("tools/text/parts.py", "from tools.text.parts import raw, fixed", "raw", "fixed"),
    "below src": ("src/tools/text.py", "from tools.text import raw, fixed", "raw", "fixed"),
    "in a try": (
        "helpers.py",
        "try:\n    from helpers import raw, fixed\nexcept ImportError:\n    raw = fixed = None",
        "raw",
        "fixed",
    ),
    "import_module": ("helpers.py", "import importlib\nh = importlib.import_module('helpers')", "h.raw", "h.fixed"),
}


@pytest.mark.parametrize(("path", "statement", "raw", "fixed"), IMPORTS.values(), ids=IMPORTS)
def test_imports(path: str, statement: str, raw: str, fixed: str) -> None:
    in_files({path: HELPERS, "app.py": f"{statement}\n{VIEW.format(raw=raw, fixed=fixed)}"})


PROJECTS = {
    "a package's own names": {
        "tools/__init__.py": "from .text import raw as made\nfrom .text import fixed\n",
        "tools/text.py": HELPERS,
        "app.py": "from tools import made, fixed\n" + VIEW.format(raw="made", fixed="fixed"),
    },
    "a relative import": {
        "tools/__init__.py": "",
        "tools/text.py": HELPERS,
        "tools/more.py": "from . import text\nfrom .text import fixed\ndef raw(value):\n    return text.raw(value)\n",
        "app.py": "from tools.more import raw, fixed\n" + VIEW.format(raw="raw", fixed="fixed"),
    },
    "a relative import of the parent": {
        "tools/__init__.py": HELPERS,
        "tools/deep/__init__.py": "",
        "tools/deep/more.py": "from .. import raw as r\nfrom ...tools import fixed\n"
        "def raw(value):\n    return r(value)\n",
        "app.py": "from tools.deep.more import raw\nfrom tools import fixed\n" + VIEW.format(raw="raw", fixed="fixed"),
    },
    "__all__ chooses what a star takes": {
        "tools.py": "__all__ = ['_raw']\ndef _raw(text):\n    return text\ndef fixed(text):\n    return 'a'\n",
        "app.py": """
            def fixed(text):
                return text
            from tools import *
            @app.route("/")
            def view():
                db.execute(_raw(request.args["q"]))  # found
                db.execute(fixed(request.args["q"]))  # found
        """,
    },
    "a cycle": {
        "one.py": "import two\ndef raw(text):\n    return two.inner(text)\n",
        "two.py": "import one\ndef inner(text):\n    return 'a' + text\n"
        "def fixed(text):\n    one.raw(text)\n    return 'a'\n",
        "app.py": "from one import raw\nfrom two import fixed\n" + VIEW.format(raw="raw", fixed="fixed"),
    },
    "a cycle with the application": {
        "app.py": "import views\n",
        "views.py": """
            from flask import request
            from app import app, db
            @app.route("/")
            def view():
                db.execute(request.args["q"])  # found
                db.execute("a")
        """,
    },
    "an import in a function": {
        "helpers.py": HELPERS,
        "app.py": """
            @app.route("/")
            def view():
                from helpers import raw, fixed
                db.execute(raw(request.args["q"]))  # found
                db.execute(fixed(request.args["q"]))
        """,
    },
    "a module's global is set by a function": {
        "store.py": "table = 'a'\nother = 'b'\ndef choose(text):\n    global table\n    table = text\n",
        "app.py": """
            import store
            @app.route("/")
            def view():
                db.execute(store.table)
                store.choose(request.args["q"])
                db.execute(store.table)  # found
                db.execute(store.other)
        """,
    },
    "a module's global is set from outside": {
        "store.py": "table = 'a'\nother = 'b'\ndef run(db):\n    db.execute(table)  # found\n    db.execute(other)\n",
        "app.py": """
            import store
            @app.route("/")
            def view():
                store.table = request.args["q"]
                store.run(db)
        """,
    },
    "a module's list": {
        "store.py": "items = []\nothers = []\n",
        "app.py": """
            from store import items, others
            @app.route("/")
            def view():
                items.append(request.args["q"])
                others.append("a")
                db.execute(items[0])  # found
                db.execute(others[0])
        """,
    },
    "a class of another file": {
        "boxes.py": "class Base:\n    def __init__(self, what):\n        self.what = what\n",
        "more.py": "import boxes\nclass Box(boxes.Base):\n    def made(self):\n        return 'SELECT ' + self.what\n",
        "app.py": """
            from more import Box
            @app.route("/")
            def view():
                db.execute(Box(request.args["q"]).made())  # found
                db.execute(Box("a").made())
        """,
    },
    "an object of another file": {
        "extensions.py": "import sqlite3\nclass Database:\n    def __init__(self):\n"
        "        self.connection = sqlite3.connect('a.db')\n    def run(self, text, note):\n"
        "        self.connection.execute(text)  # found\n        self.connection.execute(note)\n"
        "database = Database()\n",
        "app.py": """
            from extensions import database
            @app.route("/")
            def view():
                database.run(request.args["q"], "a")
        """,
    },
    "constants decide": {
        "settings.py": "RAW = False\nMODES = {'debug': False, 'raw': True}\n",
        "app.py": """
            import settings
            from settings import MODES
            @app.route("/")
            def view():
                if settings.RAW:
                    db.execute(request.args["q"])
                if MODES["debug"]:
                    db.execute(request.args["q"])
                if MODES["raw"]:
                    db.execute(request.args["q"])  # found
        """,
    },
    "names of a folder without __init__": {
        "web/tools/text.py": HELPERS,
        "web/more.py": "from web.tools.text import raw, fixed\n",
        "app.py": "from web.more import raw, fixed\n" + VIEW.format(raw="raw", fixed="fixed"),
    },
    "a script's own folder": {
        "web/helpers.py": HELPERS,
        "web/main.py": """
            import sqlite3
            from flask import Flask, request
            from helpers import raw, fixed
            app = Flask(__name__)
            db = sqlite3.connect("a.db")
            @app.route("/")
            def view():
                db.execute(raw(request.args["q"]))  # found
                db.execute(fixed(request.args["q"]))
            if __name__ == "__main__":
                app.run()
        """,
    },
    "an application below __main__": {
        "main.py": """
            import sqlite3
            from flask import Flask, request
            def start():
                app = Flask(__name__)
                db = sqlite3.connect("a.db")
                @app.route("/")
                def view():
                    db.execute(request.args["q"])  # found
                    db.execute("a")
                return app
            if __name__ == "__main__":
                start().run()
        """,
    },
    "a module's __getattr__ is no name of it": {
        "helpers.py": "def __getattr__(name):\n    return 'a'\n" + HELPERS,
        "app.py": "import helpers\n" + VIEW.format(raw="helpers.raw", fixed="helpers.fixed"),
    },
    "two modules of the same name": {
        "one/text.py": "def made(text):\n    return text\n",
        "two/text.py": "def made(text):\n    return 'a'\n",
        "app.py": "from one.text import made as raw\nfrom two.text import made as fixed\n"
        + VIEW.format(raw="raw", fixed="fixed"),
    },
}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_projects(files: dict[str, str]) -> None:
    in_files(files)
