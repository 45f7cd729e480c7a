"""Decorators of the project, and functions that yield."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_app, in_view

DECORATORS = {
    "wrapper": (
        """
        def logged(function):
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @logged
        def made(text, other):
            return "SELECT " + text
        """,
        """
        db.execute(made(q, "a"))  # found
        db.execute(made("a", q))
        """,
    ),
    "wraps": (
        """
        import functools
        def logged(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @logged
        def made(text, other):
            return text
        """,
        """
        db.execute(made(q, other="a"))  # found
        db.execute(made("a", other=q))
        """,
    ),
    "with arguments": (
        """
        from functools import wraps
        def before(word):
            def decorate(function):
                @wraps(function)
                def wrapper(*args):
                    return word + function(*args)
                return wrapper
            return decorate
        @before("SELECT ")
        def made(text):
            return text
        """,
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "changes the result": (
        """
        def fixed(function):
            def wrapper(text):
                function(text)
                return "a"
            return wrapper
        @fixed
        def made(text):
            return text
        def plain(text):
            return text
        """,
        """
        db.execute(plain(q))  # found
        db.execute(made(q))
        """,
    ),
    "changes the argument": (
        """
        def upper(function):
            def wrapper(text):
                return function("SELECT " + text)
            return wrapper
        def fixed(function):
            def wrapper(text):
                return function("SELECT 1")
            return wrapper
        @upper
        def one(text):
            db.execute(text)  # found
        @fixed
        def two(text):
            db.execute(text)
        """,
        """
        one(q)
        two(q)
        """,
    ),
    "several": (
        """
        def one(function):
            def wrapper(text):
                return "a" + function(text)
            return wrapper
        def two(function):
            def wrapper(text):
                return function(text) + "b"
            return wrapper
        @one
        @two
        def made(text):
            return text
        """,
        """
        db.execute(made(q))  # found
        db.execute(made("c"))
        """,
    ),
    "a class as a decorator": (
        """
        class Logged:
            def __init__(self, function):
                self.function = function
            def __call__(self, text):
                return self.function(text)
        @Logged
        def made(text):
            return "SELECT " + text
        """,
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "an instance as a decorator": (
        """
        class Registry:
            def __init__(self):
                self.known = {}
            def register(self, name):
                def decorate(function):
                    self.known[name] = function
                    return function
                return decorate
        registry = Registry()
        @registry.register("raw")
        def raw(text):
            return text
        @registry.register("fixed")
        def fixed(text):
            return "a"
        """,
        """
        db.execute(registry.known["raw"](q))  # found
        db.execute(registry.known["fixed"](q))
        """,
    ),
    "of a method": (
        """
        def logged(function):
            def wrapper(self, *args):
                return function(self, *args)
            return wrapper
        class Box:
            def __init__(self, before):
                self.before = before
            @logged
            def made(self, text):
                return self.before + text
        """,
        """
        db.execute(Box("a").made(q))  # found
        db.execute(Box(q).made("a"))  # found
        db.execute(Box("a").made("b"))
        """,
    ),
    "of a class": (
        """
        def counted(cls):
            cls.table = "a"
            return cls
        @counted
        class Box:
            def __init__(self, what):
                self.what = what
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box(q).table)
        """,
    ),
    "optional arguments": (
        """
        def logged(function=None, *, level="info"):
            def decorate(function):
                def wrapper(*args):
                    return function(*args)
                return wrapper
            return decorate(function) if function is not None else decorate
        @logged
        def one(text):
            return text
        @logged(level="debug")
        def two(text):
            return text
        """,
        """
        db.execute(one(q))  # found
        db.execute(two(q))  # found
        db.execute(one("a"))
        db.execute(two("a"))
        """,
    ),
    "of a library": (
        """
        from somewhere import traced
        @traced
        def one(text):
            return text
        @traced("name")
        def two(text):
            return "a"
        """,
        """
        db.execute(one(q))  # found
        db.execute(two(q))
        """,
    ),
    "adds an argument": (
        """
        def with_table(function):
            def wrapper(*args, **kwargs):
                return function("a", *args, **kwargs)
            return wrapper
        @with_table
        def made(table, text):
            db.execute(table)
            db.execute(text)  # found
        """,
        """
        made(q)
        """,
    ),
}

GENERATORS = {
    "yield": (
        "def parts(text):\n    yield 'a'\n    yield text",
        """
        first, second = parts(q)
        db.execute(second)  # found
        db.execute(first)
        """,
    ),
    "in a loop": (
        "def parts(text):\n    for word in text.split():\n        yield word",
        """
        for part in parts(q):
            db.execute(part)  # found
        for part in parts("a b"):
            db.execute(part)
        """,
    ),
    "yield from": (
        "def inner(text):\n    yield text\ndef outer(text):\n    yield 'a'\n    yield from inner(text)",
        """
        items = list(outer(q))
        db.execute(items[1])  # found
        db.execute(items[0])
        """,
    ),
    "next": (
        "def parts(text):\n    yield text\n    yield 'a'",
        """
        made = parts(q)
        db.execute(next(made))  # found
        db.execute(next(iter(["a"])))
        """,
    ),
    "join": (
        "def parts(text):\n    yield 'a'\n    yield text",
        """
        db.execute(", ".join(parts(q)))  # found
        db.execute(", ".join(parts("b")))
        """,
    ),
    "generator expression": (
        "",
        """
        db.execute(", ".join(word for word in [q]))  # found
        db.execute(", ".join(word for word in ["a"]))
        """,
    ),
    "next of a generator expression": (
        "",
        """
        db.execute(next(word for word in ["a", q] if unknown(word)))  # found
        db.execute(next((word for word in ["a"] if unknown(word)), "b"))
        """,
    ),
    "endless": (
        "def repeated(text):\n    while True:\n        yield text",
        """
        for part in repeated(q):
            db.execute(part)  # found
            break
        for part in repeated("a"):
            db.execute(part)
            break
        """,
    ),
    "in a method": (
        "class Rows:\n    def __init__(self, rows):\n        self.rows = rows\n    def each(self):\n"
        "        for row in self.rows:\n            yield row",
        """
        for row in Rows([q]).each():
            db.execute(row)  # found
        for row in Rows(["a"]).each():
            db.execute(row)
        """,
    ),
    "async generator": (
        "async def parts(text):\n    yield text\nasync def main(text):\n    async for part in parts(text):\n"
        "        db.execute(part)  # found\n    async for part in parts('a'):\n        db.execute(part)",
        """
        import asyncio
        asyncio.run(main(q))
        """,
    ),
    "pipeline": (
        "def read(lines):\n    for line in lines:\n        yield line.strip()\n"
        "def chosen(lines):\n    for line in lines:\n        if line:\n            yield line",
        """
        for line in chosen(read([q])):
            db.execute(line)  # found
        for line in chosen(read(["a"])):
            db.execute(line)
        """,
    ),
    "changes what it was given": (
        "def filled(items, text):\n    items.append(text)\n    yield items",
        """
        items = []
        for one in filled(items, q):
            db.execute(one[0])  # found
        others = []
        for one in filled(others, "a"):
            db.execute(one[0])
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), DECORATORS.values(), ids=DECORATORS)
def test_decorators(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), GENERATORS.values(), ids=GENERATORS)
def test_generators(before: str, body: str) -> None:
    in_view(body, before)


def test_a_decorator_that_hands_a_view_its_argument() -> None:
    in_app("""
        from functools import wraps

        def with_name(view):
            @wraps(view)
            def wrapper(*args, **kwargs):
                return view(request.args["name"], "a", *args, **kwargs)
            return wrapper

        @app.route("/<int:number>")
        @with_name
        def view(name, table, number):
            db.execute(name)  # found
            db.execute(table)
            db.execute(f"LIMIT {number}")
        """)
