"""Branches, loops, exceptions and context managers: what can happen on the way to a call, and nothing else."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

BRANCHES = {
    "either side": (
        "",
        """
        text = q if unknown() else "a"
        db.execute(text)  # found
        if unknown():
            text = "b"
        else:
            text = "c"
        db.execute(text)
        """,
    ),
    "a side that is not taken": (
        "FLAG = 2 * 3 > 7",
        """
        text = "a"
        if FLAG:
            text = q
        db.execute(text)
        if not FLAG:
            text = q
        db.execute(text)  # found
        """,
    ),
    "overwritten after the branch": (
        "",
        """
        if unknown():
            text = q
        else:
            text = "a"
        db.execute(text)  # found
        text = "b"
        db.execute(text)
        """,
    ),
    "return ends the way": (
        "",
        """
        text = q
        if unknown():
            text = "a"
        else:
            return "no"
        db.execute(text)
        db.execute(q)  # found
        """,
    ),
    "match on a constant": (
        "KIND = 'b'",
        """
        match KIND:
            case "a":
                text = q
            case "b" | "c":
                text = "a"
            case _:
                text = q
        db.execute(text)
        match unknown():
            case "a":
                db.execute(q)  # found
        """,
    ),
    "match binds": (
        "",
        """
        match {"name": q, "kind": "a"}:
            case {"name": name, "kind": kind}:
                db.execute(name)  # found
                db.execute(kind)
        match ["a", q]:
            case [first, second]:
                db.execute(second)  # found
                db.execute(first)
        """,
    ),
    "match on a class": (
        "class Box:\n    __match_args__ = ('what', 'label')\n"
        "    def __init__(self, what, label):\n        self.what = what\n        self.label = label",
        """
        match Box(q, "a"):
            case Box(what, label):
                db.execute(what)  # found
                db.execute(label)
        match Box(q, "a"):
            case Box(what=what, label=label):
                db.execute(what)  # found
                db.execute(label)
        """,
    ),
    "while": (
        "",
        """
        text, other = "", ""
        while unknown():
            text += q
            other += "a"
        db.execute(text)  # found
        db.execute(other)
        """,
    ),
    "a later pass of a loop": (
        "",
        """
        text = other = "a"
        for number in unknown():
            db.execute(text)  # found
            db.execute(other)
            text = q
        """,
    ),
    "through two variables of a loop": (
        "",
        """
        one, two, three = "a", "b", "c"
        for number in unknown():
            three = two
            two = one
            one = q
        db.execute(three)  # found
        """,
    ),
    "break": (
        "",
        """
        text = "a"
        for number in unknown():
            text = q
            break
        db.execute(text)  # found
        """,
    ),
    "continue": (
        "",
        """
        text = "a"
        for number in [1, 2]:
            if number == 1:
                continue
            text = q
        db.execute(text)  # found
        """,
    ),
    "continue over all": (
        "",
        """
        text = "a"
        for number in [1, 1]:
            if number == 1:
                continue
            text = q
        db.execute(text)
        db.execute(q)  # found
        """,
    ),
    "else of a loop": (
        "",
        """
        for number in [1]:
            text = "a"
        else:
            text = q
        db.execute(text)  # found
        for number in [1]:
            text = "a"
            break
        else:
            text = q
        db.execute(text)
        """,
    ),
    "walrus": (
        "",
        """
        if (text := q) and (other := "a"):
            db.execute(text)  # found
            db.execute(other)
        """,
    ),
    "walrus in a comprehension": (
        "",
        """
        items = [last := word for word in [q]]
        db.execute(last)  # found
        items = [final := word for word in ["a"]]
        db.execute(final)
        """,
    ),
    "or gives a default": (
        "",
        """
        db.execute(q or "a")  # found
        db.execute("a" or q)
        db.execute("" or q)  # found
        """,
    ),
    "and gives the last": (
        "",
        """
        db.execute("a" and q)  # found
        db.execute("" and q)
        """,
    ),
    "deleted name": (
        "text = 'a'",
        """
        other = q
        db.execute(other)  # found
        del other
        db.execute(text)
        """,
    ),
}

EXCEPTIONS = {
    "args of what was raised": (
        "class Failed(Exception):\n    pass",
        """
        try:
            raise Failed(q, "a")
        except Failed as error:
            db.execute(error.args[0])  # found
            db.execute(error.args[1])
        """,
    ),
    "text of what was raised": (
        "",
        """
        try:
            raise ValueError("no " + q)
        except ValueError as error:
            db.execute(str(error))  # found
            db.execute(f"{error}")  # found
        try:
            raise ValueError("no")
        except ValueError as error:
            db.execute(str(error))
        """,
    ),
    "attribute of what was raised": (
        "class Failed(Exception):\n    def __init__(self, what, label):\n        super().__init__(label)\n"
        "        self.what = what\n        self.label = label",
        """
        try:
            raise Failed(q, "a")
        except Failed as error:
            db.execute(error.what)  # found
            db.execute(error.label)
            db.execute(str(error))
        """,
    ),
    "raised by a function": (
        "class Failed(Exception):\n    def __init__(self, what):\n        self.what = what\n"
        "def check(text):\n    if unknown():\n        raise Failed(text)",
        """
        try:
            check(q)
        except Failed as error:
            db.execute(error.what)  # found
        try:
            check("a")
        except Failed as error:
            db.execute(error.what)
        """,
    ),
    "raised by a function of a function": (
        "def outer(text):\n    inner(text)\ndef inner(text):\n    raise KeyError(text)",
        """
        try:
            outer(q)
        except (KeyError, ValueError) as error:
            db.execute(error.args[0])  # found
        try:
            outer("a")
        except KeyError as error:
            db.execute(error.args[0])
        """,
    ),
    "caught by a base class": (
        "class Base(Exception):\n    pass\nclass Failed(Base):\n    pass",
        """
        try:
            raise Failed(q)
        except Base as error:
            db.execute(error.args[0])  # found
        try:
            raise Failed("a")
        except Exception as error:
            db.execute(error.args[0])
        """,
    ),
    "the other handler": (
        "",
        """
        try:
            raise KeyError(q)
        except ValueError as error:
            db.execute(error.args[0])
        except KeyError as error:
            db.execute(error.args[0])  # found
        """,
    ),
    "raised again": (
        "",
        """
        try:
            try:
                raise ValueError(q)
            except ValueError as error:
                raise RuntimeError("a") from error
        except RuntimeError as error:
            db.execute(error.args[0])
            db.execute(str(error.__cause__))  # found
        """,
    ),
    "bare raise": (
        "",
        """
        try:
            try:
                raise ValueError(q)
            except ValueError:
                raise
        except ValueError as error:
            db.execute(str(error))  # found
        """,
    ),
    "what the body had changed": (
        "",
        """
        text = other = "a"
        try:
            text = q
            unknown()
        except ValueError:
            db.execute(text)  # found
            db.execute(other)
        """,
    ),
    "what a handler sets": (
        "",
        """
        try:
            text = unknown()
        except ValueError:
            text = q
        db.execute(text)  # found
        try:
            text = unknown()
        except ValueError:
            text = "a"
        db.execute(text)
        """,
    ),
    "else": (
        "",
        """
        text = q
        try:
            unknown()
        except ValueError:
            text = "a"
        else:
            text = "b"
        db.execute(text)
        try:
            unknown()
        except ValueError:
            text = "a"
        else:
            text = q
        db.execute(text)  # found
        """,
    ),
    "finally": (
        "",
        """
        text = q
        try:
            unknown()
        finally:
            db.execute(text)  # found
            text = "a"
        db.execute(text)
        """,
    ),
    "finally after a return": (
        "def made(text):\n    try:\n        return text\n    finally:\n        text = 'a'",
        """
        db.execute(made(q))  # found
        db.execute(made("b"))
        """,
    ),
    "a handler that returns": (
        "def number(text):\n    try:\n        return int(text)\n    except ValueError:\n        return text\n"
        "def strict(text):\n    try:\n        return int(text)\n    except ValueError:\n        return 0",
        """
        db.execute("LIMIT %s" % number(q))  # found
        db.execute("LIMIT %s" % strict(q))
        """,
    ),
    "an exception group": (
        "",
        """
        text = "a"
        try:
            text = q
            unknown()
        except* ValueError:
            db.execute(text)  # found
        """,
    ),
}

CONTEXTS = {
    "__enter__ returns itself": (
        "class Box:\n    def __init__(self, what):\n        self.what = what\n    def __enter__(self):\n"
        "        return self\n    def __exit__(self, *args):\n        pass",
        """
        with Box(q) as box:
            db.execute(box.what)  # found
        with Box("a") as box:
            db.execute(box.what)
        """,
    ),
    "__enter__ returns something else": (
        "class Box:\n    def __init__(self, what):\n        self.what = what\n    def __enter__(self):\n"
        "        return 'a'\n    def __exit__(self, *args):\n        db.execute(self.what)  # found",
        """
        with Box(q) as text:
            db.execute(text)
        """,
    ),
    "@contextmanager": (
        "from contextlib import contextmanager\n@contextmanager\ndef opened(text):\n    yield 'SELECT ' + text",
        """
        with opened(q) as text:
            db.execute(text)  # found
        with opened("a") as text:
            db.execute(text)
        """,
    ),
    "@contextmanager with try": (
        "from contextlib import contextmanager\n@contextmanager\ndef opened(text, other):\n    try:\n"
        "        yield text, other\n    finally:\n        db.execute(text)  # found\n        db.execute(other)",
        """
        with opened(q, "a") as (text, other):
            db.execute(text)  # found
            db.execute(other)
        """,
    ),
    "two at once": (
        "from contextlib import contextmanager\n@contextmanager\ndef opened(text):\n    yield text",
        """
        with opened(q) as one, opened("a") as two:
            db.execute(one)  # found
            db.execute(two)
        """,
    ),
    "closing and nullcontext": (
        "from contextlib import closing, nullcontext\nclass Box:\n    def __init__(self, what):\n"
        "        self.what = what",
        """
        with closing(Box(q)) as box:
            db.execute(box.what)  # found
        with nullcontext(q) as text:
            db.execute(text)  # found
        with closing(Box("a")) as box:
            db.execute(box.what)
        with nullcontext("a") as text:
            db.execute(text)
        """,
    ),
    "suppress": (
        "from contextlib import suppress",
        """
        text = "a"
        with suppress(ValueError):
            text = str(int(q))
        db.execute(text)
        with suppress(ValueError):
            text = q
        db.execute(text)  # found
        """,
    ),
    "ExitStack": (
        "from contextlib import ExitStack, contextmanager\n@contextmanager\ndef opened(text):\n    yield text",
        """
        with ExitStack() as stack:
            db.execute(stack.enter_context(opened(q)))  # found
            db.execute(stack.enter_context(opened("a")))
        """,
    ),
    "a connection": (
        "",
        """
        with sqlite3.connect("a.db") as connection:
            connection.execute(q)  # found
            connection.execute("a")
            cursor = connection.cursor()
            cursor.execute(q)  # found
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), BRANCHES.values(), ids=BRANCHES)
def test_branches(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_exceptions(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), CONTEXTS.values(), ids=CONTEXTS)
def test_context_managers(before: str, body: str) -> None:
    in_view(body, before)
