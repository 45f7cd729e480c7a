"""``match``: which case is taken, what it binds, and what it proves."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

CASES = {
    "a constant": (
        "KIND = 'b'",
        """
        match KIND:
            case "a":
                db.execute(q)
            case "b":
                db.execute(q)  # found
            case _:
                db.execute(q)
        """,
    ),
    "a number, None and a truth": (
        "",
        """
        match 2 + 3:
            case 4:
                db.execute(q)
            case 5:
                db.execute(q)  # found
        match None:
            case True:
                db.execute(q)
            case None:
                db.execute(q)  # found
        """,
    ),
    "the subject equals the case": (
        "",
        """
        match q:
            case "a":
                db.execute(q)
            case "b" | "c":
                db.execute(q)
            case _:
                db.execute(q)  # found
        """,
    ),
    "cases that leave": (
        "",
        """
        match q:
            case "a" | "b":
                pass
            case _:
                return "no"
        db.execute(q)
        """,
    ),
    "cases that do not leave": (
        "",
        """
        match q:
            case "a" | "b":
                pass
            case _:
                print("no")
        db.execute(q)  # found
        """,
    ),
    "a value that is looked up": (
        "",
        """
        match q:
            case "newest":
                order = "created DESC"
            case "oldest":
                order = "created"
            case _:
                order = "name"
        db.execute("SELECT * FROM t ORDER BY " + order)
        match q:
            case "newest":
                order = "created DESC"
            case other:
                order = other
        db.execute("SELECT * FROM t ORDER BY " + order)  # found
        """,
    ),
    "a value of a class": (
        "class Sort:\n    NEW = 'new'\n    OLD = 'old'",
        """
        match q:
            case Sort.NEW | Sort.OLD:
                db.execute(q)
            case _:
                db.execute(q)  # found
        """,
    ),
    "an alternative with a name": (
        "",
        """
        match q:
            case ("a" | "b") as word:
                db.execute(word)
            case word:
                db.execute(word)  # found
        """,
    ),
    "a guard": (
        "ALLOWED = {'a', 'b'}",
        """
        match q:
            case word if word in ALLOWED:
                db.execute(word)
            case word:
                db.execute(word)  # found
        """,
    ),
    "a guard that leaves": (
        "ALLOWED = {'a', 'b'}",
        """
        match q:
            case word if word not in ALLOWED:
                return "no"
        db.execute(q)
        """,
    ),
    "a guard that is never true": (
        "DEBUG = False",
        """
        match q:
            case word if DEBUG:
                db.execute(word)
            case word if not DEBUG:
                db.execute(word)  # found
            case _:
                db.execute(q)
        """,
    ),
    "a guard may fail": (
        "",
        """
        match q:
            case "a" if unknown():
                return "no"
            case _:
                db.execute(q)  # found
        """,
    ),
    "a sequence by its length": (
        "",
        """
        match ["a", q]:
            case [one]:
                db.execute(q)
            case [one, two, three]:
                db.execute(q)
            case [one, two]:
                db.execute(two)  # found
                db.execute(one)
            case _:
                db.execute(q)
        """,
    ),
    "a sequence with constants": (
        "",
        """
        match ["get", q]:
            case ["put", what]:
                db.execute(what)
            case ["get", what]:
                db.execute(what)  # found
        """,
    ),
    "a sequence with a star": (
        "",
        """
        match ["a", q, "b"]:
            case [first, *rest]:
                db.execute(first)
                db.execute(rest[0])  # found
                db.execute(rest[1])
        match ["a", q, "b"]:
            case [*rest, last]:
                db.execute(last)
                db.execute(rest[1])  # found
        """,
    ),
    "words of a text": (
        "",
        """
        match q.split():
            case ["show", what]:
                db.execute(what)  # found
            case ["list"]:
                db.execute("a")
        """,
    ),
    "words of a text that are checked": (
        "",
        """
        match q.split():
            case ["show", ("a" | "b") as what]:
                db.execute(what)
            case ["show", what]:
                db.execute(what)  # found
        """,
    ),
    "a mapping by its keys": (
        "",
        """
        match {"kind": "a", "what": q}:
            case {"other": what}:
                db.execute(q)
            case {"kind": "b", "what": what}:
                db.execute(what)
            case {"kind": "a", "what": what}:
                db.execute(what)  # found
        """,
    ),
    "a mapping with a rest": (
        "",
        """
        match {"kind": "a", "what": q}:
            case {"what": what, **rest}:
                db.execute(what)  # found
                db.execute(rest["kind"])
        """,
    ),
    "a mapping of the client": (
        "",
        """
        match request.get_json():
            case {"sort": ("a" | "b") as sort}:
                db.execute(sort)
            case {"sort": sort}:
                db.execute(sort)  # found
            case {"limit": int(limit)}:
                db.execute(f"LIMIT {limit}")
            case {"limit": str(limit)}:
                db.execute(f"LIMIT {limit}")  # found
        """,
    ),
    "a class": (
        "",
        """
        match request.get_json()["limit"]:
            case int() | float():
                db.execute("LIMIT " + str(request.get_json()["limit"]))
            case str() as limit:
                db.execute("LIMIT " + limit)  # found
        """,
    ),
    "an int that is bound": (
        "",
        """
        match request.get_json()["limit"]:
            case int(limit):
                db.execute(f"LIMIT {limit}")
            case limit:
                db.execute(f"LIMIT {limit}")  # found
        """,
    ),
    "a class of a constant": (
        "",
        """
        match "a":
            case int():
                db.execute(q)
            case str():
                db.execute(q)  # found
            case _:
                db.execute(q)
        """,
    ),
    "a pair": (
        "",
        """
        match (q, request.args["order"]):
            case (("a" | "b") as name, "asc" | "desc"):
                db.execute(f"ORDER BY {name} {request.args['order']}")
            case (name, _):
                db.execute(f"ORDER BY {name}")  # found
        """,
    ),
    "returns in each case": (
        "",
        """
        match unknown():
            case "a":
                return "a"
            case _:
                return "b"
        db.execute(q)
        """,
    ),
    "the method": (
        "",
        """
        match request.method:
            case "POST":
                db.execute(q)  # found
            case _:
                db.execute("a")
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), CASES.values(), ids=CASES)
def test_match(before: str, body: str) -> None:
    in_view(body, before)
