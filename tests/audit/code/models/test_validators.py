"""Checks in every form that applications give them: where they protect, and where they only look like it."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_files, in_view

TEXTS = {
    "isdigit": """
        if q.isdigit():
            db.execute("LIMIT " + q)
        else:
            db.execute("LIMIT " + q)  # found
    """,
    "isalnum": """
        if not q.isalnum():
            return "no"
        db.execute("ORDER BY " + q)
    """,
    "isalnum of another one": """
        if not request.args["other"].isalnum():
            return "no"
        db.execute("ORDER BY " + q)  # found
    """,
    "isidentifier": """
        if q.isidentifier():
            db.execute("ORDER BY " + q)
        db.execute("ORDER BY " + q)  # found
    """,
    "isalpha": """
        if not q.isalpha():
            raise ValueError(q)
        db.execute("ORDER BY " + q)
    """,
    "islower is about case": """
        if q.islower():
            db.execute(q)  # found
    """,
    "isprintable is not about quotes": """
        if q.isprintable():
            db.execute(q)  # found
    """,
    "isascii is not about quotes": """
        if q.isascii():
            db.execute(q)  # found
    """,
    "isdigit without a call": """
        if q.isdigit:
            db.execute(q)  # found
    """,
    "isdigit of a part": """
        if q[1:].isdigit():
            db.execute(q)  # found
    """,
    "isdigit of what is left within quotes": """
        if q.strip("'").isdigit():
            db.execute(q)  # found
        if q.strip("-").isalnum():
            db.execute(f"SELECT a FROM t WHERE b = '{q}'")
    """,
    "isdigit of some characters": """
        if any(letter.isdigit() for letter in q):
            db.execute(q)  # found
    """,
    "isalnum of all characters": """
        if all(letter.isalnum() for letter in q):
            db.execute("ORDER BY " + q)
        if all(letter.isalnum() or letter in "_-" for letter in q):
            db.execute(f"SELECT '{q}'")
        if not all(letter.isalnum() for letter in q):
            db.execute("ORDER BY " + q)  # found
    """,
    "isalnum after underscores are gone": """
        if q.replace("_", "").isalnum():
            db.execute("ORDER BY " + q)
        if q.replace("'", "").isalnum():
            db.execute("SELECT a FROM t ORDER BY " + q)  # perhaps
    """,
    "characters of a set": """
        import string
        if set(q) <= set(string.ascii_letters + "_"):
            db.execute("ORDER BY " + q)
        else:
            db.execute("ORDER BY " + q)  # found
    """,
    "characters that are none of some": """
        if any(letter in q for letter in "';-"):
            db.execute("ORDER BY " + q)  # found
    """,
    "startswith": """
        if q.startswith("a"):
            db.execute(q)  # found
        if not q.startswith(("a", "b")):
            return "no"
        db.execute(q)  # found
    """,
    "endswith": """
        if not q.endswith(".csv"):
            return "no"
        db.execute(q)  # found
    """,
    "length": """
        if len(q) > 20:
            return "no"
        db.execute(q)  # found
    """,
}

CONVERSIONS = {
    "int": """
        number = int(q)
        db.execute(f"LIMIT {number}")
        db.execute(f"LIMIT {q}")
    """,
    "int after the use": """
        db.execute(f"LIMIT {q}")  # found
        int(q)
    """,
    "int of another": """
        int(request.args["other"])
        db.execute(f"LIMIT {q}")  # found
    """,
    "float": """
        db.execute(f"LIMIT {float(q)}")
        db.execute(f"LIMIT {request.args['other']}")  # found
    """,
    "Decimal": """
        from decimal import Decimal
        db.execute(f"LIMIT {Decimal(q)}")
        db.execute(f"LIMIT {request.args['other']}")  # found
    """,
    "UUID": """
        import uuid
        from uuid import UUID
        db.execute(f"SELECT '{uuid.UUID(q)}'")
        db.execute(f"SELECT '{UUID(request.args['id'])}'")
        db.execute(f"SELECT '{request.args['other']}'")  # found
    """,
    "dates": """
        import datetime
        from datetime import date
        db.execute(f"SELECT '{datetime.datetime.strptime(q, '%Y-%m-%d')}'")
        db.execute(f"SELECT '{date.fromisoformat(request.args['day'])}'")
        db.execute(f"SELECT '{request.args['other']}'")  # found
    """,
    "bool": """
        db.execute(f"SELECT {bool(q)}")
        db.execute(f"SELECT {q}")  # found
    """,
    "type=int": """
        limit = request.args.get("limit", 10, type=int)
        db.execute(f"LIMIT {limit}")
        other = request.args.get("other", 10)
        db.execute(f"LIMIT {other}")  # found
    """,
    "type=str": """
        limit = request.args.get("limit", "10", type=str)
        db.execute(f"LIMIT {limit}")  # found
    """,
    "isinstance": """
        limit = request.get_json()["limit"]
        if not isinstance(limit, int):
            return "no"
        db.execute(f"LIMIT {limit}")
    """,
    "isinstance of a text": """
        limit = request.get_json()["limit"]
        if not isinstance(limit, str):
            return "no"
        db.execute(f"LIMIT {limit}")  # found
    """,
    "isinstance of a number or a text": """
        limit = request.get_json()["limit"]
        if not isinstance(limit, (int, str)):
            return "no"
        db.execute(f"LIMIT {limit}")  # found
        if not isinstance(limit, int | float):
            return "no"
        db.execute(f"LIMIT {limit}")
    """,
    "isinstance of a union with a text": """
        limit = request.get_json()["limit"]
        if not isinstance(limit, int | str):
            return "no"
        db.execute(f"LIMIT {limit}")  # found
    """,
    "type()": """
        limit = request.get_json()["limit"]
        if type(limit) is not int:
            return "no"
        db.execute(f"LIMIT {limit}")
    """,
    "type() of a text": """
        limit = request.get_json()["limit"]
        if type(limit) is not str:
            return "no"
        db.execute(f"LIMIT {limit}")  # found
    """,
    "numbers of a list": """
        ids = [int(one) for one in q.split(",")]
        db.execute("SELECT * FROM t WHERE id IN (" + ",".join(str(one) for one in ids) + ")")
        db.execute("SELECT * FROM t WHERE id IN (" + ",".join(q.split(",")) + ")")  # found
    """,
    "an Enum": """
        from enum import Enum
        class Sort(Enum):
            NAME = "name"
            DATE = "date"
        db.execute("ORDER BY " + Sort(q).value)
        db.execute("ORDER BY " + Sort[request.args["sort"]].value)
        db.execute("ORDER BY " + request.args["other"])  # found
    """,
    "an Enum that raises": """
        from enum import Enum
        class Sort(str, Enum):
            NAME = "name"
            DATE = "date"
        try:
            Sort(q)
        except ValueError:
            return "no"
        db.execute("ORDER BY " + q)
    """,
    "min and max of numbers": """
        limit = min(int(q), 100)
        db.execute(f"LIMIT {limit}")
        db.execute(f"LIMIT {min(request.args['limit'], '100')}")  # found
    """,
}

LOOKUPS = {
    "by key": """
        COLUMNS = {"a": "name", "b": "date"}
        db.execute("ORDER BY " + COLUMNS[q])
        db.execute("ORDER BY " + request.args["other"])  # found
    """,
    "get": """
        COLUMNS = {"a": "name", "b": "date"}
        db.execute("ORDER BY " + COLUMNS.get(q, "name"))
        db.execute("ORDER BY " + COLUMNS.get(q, q))  # found
    """,
    "get that finds nothing": """
        COLUMNS = {"a": "name", "b": "date"}
        column = COLUMNS.get(q)
        if column is None:
            return "no"
        db.execute("ORDER BY " + column)
        db.execute("ORDER BY " + q)
    """,
    "get or the text": """
        COLUMNS = {"a": "name", "b": "date"}
        db.execute("ORDER BY " + (COLUMNS.get(q) or "name"))
        db.execute("ORDER BY " + (COLUMNS.get(q) or q))  # found
    """,
    "in a mapping of the client": """
        columns = request.get_json()
        db.execute("ORDER BY " + columns[q])  # found
    """,
    "next": """
        ALLOWED = ["a", "b"]
        word = next((one for one in ALLOWED if one == q), None)
        if word is None:
            return "no"
        db.execute("ORDER BY " + word)
        db.execute("ORDER BY " + q)  # found
    """,
    "next with the text as a default": """
        ALLOWED = ["a", "b"]
        word = next((one for one in ALLOWED if one == q), q)
        db.execute("ORDER BY " + word)  # found
    """,
    "the one that begins with it": """
        ALLOWED = ["name", "date"]
        words = [one for one in ALLOWED if one.startswith(q)]
        db.execute("ORDER BY " + words[0])
        words = [one for one in request.args.getlist("word") if one.startswith("a")]
        db.execute("ORDER BY " + words[0])  # found
    """,
    "a list by number": """
        ALLOWED = ["name", "date"]
        db.execute("ORDER BY " + ALLOWED[int(q)])
        db.execute("ORDER BY " + request.args.getlist("word")[0])  # found
    """,
}

HELPERS = {
    "returns whether": (
        "def allowed(word):\n    return word in {'a', 'b'}",
        """
        if allowed(q):
            db.execute(q)
        if not allowed(q):
            db.execute(q)  # found
        """,
    ),
    "returns True or False": (
        "def allowed(word):\n    if word in {'a', 'b'}:\n        return True\n    return False",
        """
        if not allowed(q):
            return "no"
        db.execute(q)
        """,
    ),
    "returns True or nothing": (
        "def allowed(word):\n    if word in {'a', 'b'}:\n        return True",
        """
        if not allowed(q):
            return "no"
        db.execute(q)
        """,
    ),
    "returns the wrong way round": (
        "def allowed(word):\n    if word in {'a', 'b'}:\n        return False\n    return True",
        """
        if not allowed(q):
            return "no"
        db.execute(q)  # found
        """,
    ),
    "returns True whatever it is": (
        "def allowed(word):\n    if word not in {'a', 'b'}:\n        print('no', word)\n    return True",
        """
        if not allowed(q):
            return "no"
        db.execute(q)  # found
        """,
    ),
    "result ignored": (
        "def allowed(word):\n    return word in {'a', 'b'}",
        """
        allowed(q)
        db.execute(q)  # found
        """,
    ),
    "result compared": (
        "def allowed(word):\n    return word in {'a', 'b'}",
        """
        if allowed(q) is False:
            db.execute(q)  # found
            return "no"
        db.execute(q)
        if allowed(request.args["other"]) == True:
            db.execute(request.args["other"])
        """,
    ),
    "raises": (
        "def check(word):\n    if word not in {'a', 'b'}:\n        raise ValueError(word)",
        """
        check(q)
        db.execute(q)
        """,
    ),
    "raises after the use": (
        "def check(word):\n    if word not in {'a', 'b'}:\n        raise ValueError(word)",
        """
        db.execute(q)  # found
        check(q)
        """,
    ),
    "logs and goes on": (
        "import logging\ndef check(word):\n    if word not in {'a', 'b'}:\n        logging.warning('bad word')",
        """
        check(q)
        db.execute(q)  # found
        """,
    ),
    "aborts": (
        "from flask import abort\ndef check(word):\n    if word not in {'a', 'b'}:\n        abort(400)",
        """
        check(q)
        db.execute(q)
        """,
    ),
    "aborts for another": (
        "from flask import abort\ndef check(word):\n    if word not in {'a', 'b'}:\n        abort(400)",
        """
        check(request.args["other"])
        db.execute(q)  # found
        """,
    ),
    "returns the cleaned value": (
        "def cleaned(word):\n    return word if word in {'a', 'b'} else 'a'",
        """
        db.execute(cleaned(q))
        db.execute(q)  # found
        """,
    ),
    "returns the value or None": (
        "def known(word):\n    if word in {'a', 'b'}:\n        return word\n    return None",
        """
        word = known(q)
        if word is None:
            return "no"
        db.execute(word)
        db.execute(q)
        """,
    ),
    "returns the value or None and None is used": (
        "def known(word):\n    if word in {'a', 'b'}:\n        return word\n    return None",
        """
        word = known(q) or q
        db.execute(word)  # found
        """,
    ),
    "returns an error": (
        "def problem(word):\n    if word not in {'a', 'b'}:\n        return 'not allowed'\n    return None",
        """
        error = problem(q)
        if error:
            return error
        db.execute(q)
        """,
    ),
    "returns an error that is not asked": (
        "def problem(word):\n    if word not in {'a', 'b'}:\n        return 'not allowed'\n    return None",
        """
        error = problem(q)
        db.execute(q)  # found
        """,
    ),
    "returns a pair": (
        "def checked(word):\n    if word not in {'a', 'b'}:\n        return False, 'not allowed'\n"
        "    return True, None",
        """
        ok, error = checked(q)
        if not ok:
            return error
        db.execute(q)
        """,
    ),
    "returns a pair that is not asked": (
        "def checked(word):\n    if word not in {'a', 'b'}:\n        return False, 'not allowed'\n"
        "    return True, None",
        """
        ok, error = checked(q)
        db.execute(q)  # found
        """,
    ),
    "returns a list of errors": (
        "def problems(word, other):\n    found = []\n    if word not in {'a', 'b'}:\n        found.append('word')\n"
        "    if other not in {'a', 'b'}:\n        found.append('other')\n    return found",
        """
        other = request.args["other"]
        if problems(q, other):
            return "no"
        db.execute(q + other)
        """,
    ),
    "returns a list of errors about something else": (
        "def problems(word):\n    found = []\n    if len(word) > 10:\n        found.append('word')\n    return found",
        """
        if problems(q):
            return "no"
        db.execute(q)  # found
        """,
    ),
    "a helper of a helper": (
        "def inner(word):\n    return word in {'a', 'b'}\ndef outer(word):\n    return inner(word) and len(word) < 9",
        """
        if not outer(q):
            return "no"
        db.execute(q)
        """,
    ),
    "a helper that says not": (
        "def inner(word):\n    return word in {'a', 'b'}\ndef bad(word):\n    return not inner(word)",
        """
        if bad(q):
            return "no"
        db.execute(q)
        """,
    ),
    "a helper with a list": (
        "def one_of(word, allowed):\n    return word in allowed",
        """
        if not one_of(q, ["a", "b"]):
            return "no"
        db.execute(q)
        """,
    ),
    "a helper with a list of the client": (
        "def one_of(word, allowed):\n    return word in allowed",
        """
        if not one_of(q, request.args.getlist("allowed")):
            return "no"
        db.execute(q)  # found
        """,
    ),
    "a lambda": (
        "allowed = lambda word: word in {'a', 'b'}",
        """
        if allowed(q):
            db.execute(q)
        else:
            db.execute(q)  # found
        """,
    ),
    "a method": (
        "class Policy:\n    WORDS = {'a', 'b'}\n    def __init__(self):\n        self.more = ['c']\n"
        "    def allows(self, word):\n        return word in self.WORDS or word in self.more",
        """
        policy = Policy()
        if policy.allows(q):
            db.execute(q)
        else:
            db.execute(q)  # found
        """,
    ),
    "a method that raises": (
        "class Policy:\n    WORDS = {'a', 'b'}\n    @classmethod\n    def check(cls, word):\n"
        "        if word not in cls.WORDS:\n            raise ValueError(word)",
        """
        Policy.check(q)
        db.execute(q)
        db.execute(request.args["other"])  # found
        """,
    ),
    "a static method": (
        "class Policy:\n    @staticmethod\n    def known(word):\n        return word if word in ('a', 'b') else None",
        """
        db.execute(Policy.known(q) or "a")
        db.execute(q)  # found
        """,
    ),
    "a class that checks when it is made": (
        "class Sort:\n    def __init__(self, word):\n        if word not in ('a', 'b'):\n"
        "            raise ValueError(word)\n        self.word = word",
        """
        db.execute(Sort(q).word)
        db.execute(request.args["other"])  # found
        """,
    ),
    "a loop over what is allowed": (
        "def known(word):\n    for one in ('a', 'b'):\n        if one == word:\n            return one\n"
        "    return None",
        """
        word = known(q)
        if word is None:
            return "no"
        db.execute(word)
        db.execute(request.args["other"])  # found
        """,
    ),
    "a generator of checks": (
        "CHECKS = [lambda word: word in {'a', 'b'}, lambda word: len(word) < 4]",
        """
        if not all(check(q) for check in CHECKS):
            return "no"
        db.execute(q)
        """,
    ),
    "a decorator of the view's helper": (
        "import functools\ndef checked(function):\n    @functools.wraps(function)\n    def wrapper(word):\n"
        "        if word not in {'a', 'b'}:\n            raise ValueError(word)\n        return function(word)\n"
        "    return wrapper\n@checked\ndef run(word):\n    db.execute(word)\n"
        "def walk(word):\n    db.execute(word)  # found",
        """
        walk(q)
        run(q)
        """,
    ),
}


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS)
def test_questions_on_texts(body: str) -> None:
    in_view(body)


@pytest.mark.parametrize("body", CONVERSIONS.values(), ids=CONVERSIONS)
def test_conversions(body: str) -> None:
    in_view(body)


@pytest.mark.parametrize("body", LOOKUPS.values(), ids=LOOKUPS)
def test_look_ups(body: str) -> None:
    in_view(body)


@pytest.mark.parametrize(("before", "body"), HELPERS.values(), ids=HELPERS)
def test_helpers(before: str, body: str) -> None:
    in_view(body, before)


def test_a_decorator_of_views_checks_an_argument() -> None:
    in_files(
        {
            "app.py": """
                from functools import wraps
                from flask import abort

                def known_table(view):
                    @wraps(view)
                    def wrapper(table):
                        if table not in {"a", "b"}:
                            abort(404)
                        return view(table)
                    return wrapper

                def known_other(view):
                    @wraps(view)
                    def wrapper(table):
                        if request.args["other"] not in {"a", "b"}:
                            abort(404)
                        return view(table)
                    return wrapper

                @app.route("/one/<table>")
                @known_table
                def one(table):
                    db.execute("SELECT * FROM " + table)
                    return "-"

                @app.route("/two/<table>")
                @known_other
                def two(table):
                    db.execute("SELECT * FROM " + table)  # found
                    return "-"
            """
        }
    )


def test_a_decorator_of_views_checks_what_was_sent() -> None:
    in_files(
        {
            "app.py": """
                from functools import wraps

                def sorted_by(*names):
                    def decorator(view):
                        @wraps(view)
                        def wrapper(*args, **kwargs):
                            if request.args["sort"] not in names:
                                return "no"
                            return view(*args, **kwargs)
                        return wrapper
                    return decorator

                @app.route("/")
                @sorted_by("a", "b")
                def view():
                    db.execute("SELECT 1 FROM t ORDER BY " + request.args["sort"])
                    db.execute("SELECT 1 FROM t ORDER BY " + request.args["order"])  # found
                    return "-"
            """
        }
    )


def test_helpers_of_another_module() -> None:
    in_files(
        {
            "app.py": """
                import checks
                from checks import clean, require

                @app.route("/")
                def view():
                    q = request.args["q"]
                    other = request.args["other"]
                    third = request.args["third"]
                    require(q)
                    db.execute(q)
                    if checks.is_known(other):
                        db.execute(other)
                    else:
                        db.execute(other)  # found
                    db.execute(clean(third))
                    db.execute(third)  # found
                    return "-"
            """,
            "checks/__init__.py": "from .words import clean, is_known, require\n",
            "checks/words.py": """
                from flask import abort

                WORDS = frozenset({"a", "b"})

                def is_known(word):
                    return word in WORDS

                def require(word):
                    if not is_known(word):
                        abort(400)

                def clean(word):
                    return word if is_known(word) else "a"
            """,
        }
    )


def test_a_hook_before_the_request_checks() -> None:
    in_files(
        {
            "app.py": """
                @app.route("/<name>")
                def view(name):
                    if not name.isidentifier():
                        return "no"
                    db.execute("SELECT * FROM " + name)
                    return "-"

                @app.route("/other/<name>")
                def other(name):
                    db.execute("SELECT * FROM " + name)  # found
                    return "-"

                @app.route("/number/<int:name>")
                def number(name):
                    db.execute(f"SELECT {name}")
                    return "-"
            """
        }
    )
