"""Branches: a side that cannot be taken is not taken, and what is true on one side alone is not true behind both."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_files, in_view

NOT_TAKEN = {
    "if False": (
        "",
        """
        if False:
            db.execute(q)
        if True:
            db.execute(q)  # found
        """,
    ),
    "if of a number": (
        "",
        """
        if 0:
            db.execute(q)
        if 1:
            db.execute(q)  # found
        """,
    ),
    "if of a text": (
        "",
        """
        if "":
            db.execute(q)
        if "no":
            db.execute(q)  # found
        """,
    ),
    "if of an empty container": (
        "NOTHING = []\nSOMETHING = [1]",
        """
        if []:
            db.execute(q)
        if {}:
            db.execute(q)
        if ():
            db.execute(q)
        if NOTHING:
            db.execute(q)
        if SOMETHING:
            db.execute(q)  # found
        else:
            db.execute(q)
        """,
    ),
    "if of a set made of nothing": (
        "",
        """
        if set():
            db.execute(q)
        if dict():
            db.execute(q)
        if list():
            db.execute(q)
        if tuple():
            db.execute(q)
        if set("a"):
            db.execute(q)  # found
        """,
    ),
    "a list that is filled later": (
        "",
        """
        found = []
        if found:
            db.execute(q)
        found.append(1)
        if found:
            db.execute(q)  # found
        """,
    ),
    "if None": (
        "ENGINE = None",
        """
        if ENGINE:
            db.execute(q)
        if ENGINE is not None:
            db.execute(q)
        if ENGINE is None:
            db.execute(q)  # found
        """,
    ),
    "a module constant": (
        "DEBUG = False",
        """
        if DEBUG:
            db.execute(q)
        if not DEBUG:
            db.execute(q)  # found
        """,
    ),
    "a constant that is computed": (
        "LEVEL = 2\nLIMIT = LEVEL * 10",
        """
        if LIMIT > 30:
            db.execute(q)
        elif LIMIT == 20:
            db.execute(q)  # found
        else:
            db.execute(q)
        """,
    ),
    "a ternary": (
        "SAFE = True",
        """
        db.execute("a" if SAFE else q)
        db.execute("a" if not SAFE else q)  # found
        """,
    ),
    "a ternary of two constants": (
        "",
        """
        text = "a" if unknown() else "b"
        if text == "c":
            db.execute(q)
        if text == "a":
            db.execute(q)  # found
        """,
    ),
    "an attribute of a class": (
        "class Settings:\n    RAW = False\n    OPEN = True",
        """
        if Settings.RAW:
            db.execute(q)
        if Settings.OPEN:
            db.execute(q)  # found
        """,
    ),
    "an item of a mapping": (
        "FEATURES = {'raw': False, 'search': True}",
        """
        if FEATURES["raw"]:
            db.execute(q)
        if FEATURES.get("raw"):
            db.execute(q)
        if FEATURES.get("absent"):
            db.execute(q)
        if FEATURES.get("search"):
            db.execute(q)  # found
        """,
    ),
    "length of a constant": (
        "MODES = ('a', 'b')",
        """
        if len(MODES) > 2:
            db.execute(q)
        if len(MODES) == 2:
            db.execute(q)  # found
        """,
    ),
    "a nested branch": (
        "A = True\nB = False",
        """
        if A:
            if B:
                db.execute(q)
            else:
                db.execute("a")
        else:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "and, or, not of constants": (
        "A = True\nB = False",
        """
        if A and B:
            db.execute(q)
        if B or not A:
            db.execute(q)
        if not (A and not B):
            db.execute(q)
        if A and not B:
            db.execute(q)  # found
        """,
    ),
    "isinstance of a constant": (
        "LIMIT = 5",
        """
        if isinstance(LIMIT, str):
            db.execute(q)
        if isinstance(LIMIT, int):
            db.execute(q)  # found
        """,
    ),
    "a function that returns a constant": (
        "def enabled():\n    return False\ndef disabled():\n    return not enabled()",
        """
        if enabled():
            db.execute(q)
        if disabled():
            db.execute(q)  # found
        """,
    ),
}

ENDS = {
    "early return": (
        "",
        """
        if unknown():
            return "no"
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "return on both sides": (
        "",
        """
        if unknown():
            return "a"
        else:
            return "b"
        db.execute(q)
        """,
    ),
    "raise": (
        "",
        """
        if unknown():
            raise ValueError("no")
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "raise on one side, return on the other": (
        "",
        """
        if unknown():
            raise ValueError("no")
        else:
            return "a"
        db.execute(q)
        """,
    ),
    "abort": (
        "from flask import abort",
        """
        if unknown():
            abort(404)
            db.execute(q)
        db.execute(q)  # found
        abort(400)
        db.execute(q)
        """,
    ),
    "sys.exit": (
        "import sys",
        """
        if unknown():
            sys.exit(1)
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "os._exit": (
        "import os",
        """
        db.execute(q)  # found
        os._exit(1)
        db.execute(q)
        """,
    ),
    "a helper that always raises": (
        "def fail(words):\n    raise ValueError(words)",
        """
        db.execute(q)  # found
        fail("no")
        db.execute(q)
        """,
    ),
    "a helper that always aborts": (
        "from flask import abort\ndef refuse():\n    abort(403)\ndef refused():\n    refuse()",
        """
        if unknown():
            refused()
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "a helper that raises on both sides": (
        "def fail(kind):\n    if kind:\n        raise ValueError('a')\n    else:\n        raise KeyError('b')",
        """
        db.execute(q)  # found
        fail(unknown())
        db.execute(q)
        """,
    ),
    "a helper that raises on one side": (
        "def fail(kind):\n    if kind:\n        raise ValueError('a')",
        """
        fail(unknown())
        db.execute(q)  # found
        """,
    ),
    "a nested function that never returns": (
        "",
        """
        def fail():
            raise ValueError("no")
        def works():
            return "a"
        works()
        db.execute(q)  # found
        fail()
        db.execute(q)
        """,
    ),
    "a loop that never ends": (
        "",
        """
        db.execute(q)  # found
        while True:
            unknown()
        db.execute(q)
        """,
    ),
    "a loop that ends by break": (
        "",
        """
        while True:
            if unknown():
                break
        db.execute(q)  # found
        """,
    ),
    "a loop that ends by return": (
        "",
        """
        while True:
            if unknown():
                return "no"
        db.execute(q)
        """,
    ),
}

JOINS = {
    "overwritten on one side": (
        "",
        """
        if unknown():
            q = "a"
        db.execute(q)  # found
        """,
    ),
    "overwritten on both sides": (
        "",
        """
        if unknown():
            q = "a"
        else:
            q = "b"
        db.execute(q)
        """,
    ),
    "overwritten in elif and in else": (
        "",
        """
        text = q
        if unknown() == 1:
            text = "a"
        elif unknown() == 2:
            text = "b"
        db.execute(text)  # found
        if unknown() == 1:
            text = "a"
        elif unknown() == 2:
            text = "b"
        else:
            text = "c"
        db.execute(text)
        """,
    ),
    "an item overwritten": (
        "",
        """
        row = {"a": q}
        if unknown():
            row["a"] = "x"
        db.execute(row["a"])  # found
        row["a"] = "y"
        db.execute(row["a"])
        """,
    ),
    "an attribute overwritten": (
        "class Box:\n    pass",
        """
        box = Box()
        box.a = q
        if unknown():
            box.a = "x"
        else:
            box.a = "y"
        db.execute(box.a)
        if unknown():
            box.a = q
        db.execute(box.a)  # found
        """,
    ),
    "a name that only one side has": (
        "",
        """
        if unknown():
            text = q
        db.execute(text)  # found
        if unknown():
            other = "a"
        db.execute(other)
        """,
    ),
    "a side that ends does not count": (
        "",
        """
        text = "a"
        if unknown():
            text = q
            return text
        db.execute(text)
        if unknown():
            text = q
        else:
            return "no"
        db.execute(text)  # found
        """,
    ),
    "a default where nothing came": (
        "",
        """
        text = q
        if not text:
            text = "a"
        db.execute(text)  # found
        if text:
            text = "a"
        db.execute(text)
        """,
    ),
    "the same test twice": (
        "",
        """
        flag = unknown()
        text = "a"
        if flag:
            text = q
        db.execute(text)  # found
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_what_cannot_be_taken(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), ENDS.values(), ids=ENDS)
def test_what_ends_the_way(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), JOINS.values(), ids=JOINS)
def test_what_holds_behind_a_branch(before: str, body: str) -> None:
    in_view(body, before)


def test_a_flag_of_another_module_decides() -> None:
    in_files(
        {
            "app.py": """
                import settings
                from settings import NEW_SEARCH, OLD_SEARCH

                @app.route("/")
                def view():
                    q = request.args["q"]
                    if OLD_SEARCH:
                        db.execute(q)
                    if settings.OLD_SEARCH:
                        db.execute(q)
                    if NEW_SEARCH:
                        db.execute(q)  # found
                    return "-"
            """,
            "settings.py": "OLD_SEARCH = False\nNEW_SEARCH = not OLD_SEARCH\n",
        }
    )


def test_a_helper_of_another_module_that_never_returns_ends_the_way() -> None:
    in_files(
        {
            "app.py": """
                from errors import missing

                @app.route("/")
                def view():
                    q = request.args["q"]
                    if not q:
                        missing()
                        db.execute(q)
                    db.execute(q)  # found
                    return "-"
            """,
            "errors.py": "from flask import abort\ndef missing():\n    abort(404)\n",
        }
    )
