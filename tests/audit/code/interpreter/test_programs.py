"""Features together, as programs have them: registries, dispatch, layers, state that is changed and read elsewhere."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_app, in_view

STATE = {
    "a getter of a global that is changed": (
        """
        table = "a"
        other = "b"
        def current():
            return table
        def fixed():
            return other
        def choose(text):
            global table
            table = text
        """,
        """
        db.execute(current())
        choose(q)
        db.execute(current())  # found
        db.execute(fixed())
        """,
    ),
    "a getter of an object that is changed": (
        """
        class Settings:
            table = "a"
            other = "b"
        settings = Settings()
        def current():
            return settings.table
        def fixed():
            return settings.other
        """,
        """
        db.execute(current())
        settings.table = q
        db.execute(current())  # found
        db.execute(fixed())
        """,
    ),
    "a getter through a getter": (
        """
        names = {"table": "a"}
        def inner():
            return names["table"]
        def outer():
            return inner()
        """,
        """
        db.execute(outer())
        names["table"] = q
        db.execute(outer())  # found
        names["table"] = "b"
        db.execute(outer())
        """,
    ),
    "a class attribute set by a class method": (
        """
        class Box:
            table = "a"
            other = "b"
            @classmethod
            def choose(cls, text):
                cls.table = text
            @classmethod
            def current(cls):
                return cls.table
        """,
        """
        db.execute(Box.current())
        Box.choose(q)
        db.execute(Box.current())  # found
        db.execute(Box.other)
        """,
    ),
    "a module's cache": (
        """
        cache = {}
        def kept(key, make):
            if key not in cache:
                cache[key] = make()
            return cache[key]
        """,
        """
        db.execute(kept("a", lambda: q))  # found
        db.execute(kept("b", lambda: "x"))
        """,
    ),
    "objects that know of each other": (
        """
        class Box:
            known = []
            def __init__(self, what):
                self.what = what
                Box.known.append(self)
        """,
        """
        Box("a")
        Box(q)
        db.execute(Box.known[1].what)  # found
        db.execute(Box.known[0].what)
        """,
    ),
    "a linked list": (
        """
        class Node:
            def __init__(self, what, following=None):
                self.what = what
                self.following = following
        """,
        """
        first = Node("a", Node(q, Node("b")))
        db.execute(first.following.what)  # found
        db.execute(first.what)
        db.execute(first.following.following.what)
        """,
    ),
    "a tree that is walked": (
        """
        class Node:
            def __init__(self, what):
                self.what = what
                self.below = []
            def add(self, node):
                self.below.append(node)
                return node
        """,
        """
        root = Node("a")
        root.add(Node("b")).add(Node(q))
        db.execute(root.below[0].below[0].what)  # found
        db.execute(root.below[0].what)
        """,
    ),
    "a context variable": (
        """
        from contextvars import ContextVar
        table = ContextVar("table", default="a")
        other = ContextVar("other", default="b")
        """,
        """
        table.set(q)
        db.execute(table.get())  # found
        db.execute(other.get())
        """,
    ),
    "a thread's own names": (
        """
        import threading
        local = threading.local()
        """,
        """
        local.table = q
        local.other = "a"
        db.execute(local.table)  # found
        db.execute(local.other)
        """,
    ),
    "a key that a client chooses may be any of them": (
        "",
        """
        row = {"table": "a"}
        row[request.args["key"]] = q
        db.execute(row["table"])  # found
        other = {"table": "a"}
        other["name"] = q
        db.execute(other["table"])
        """,
    ),
    "more objects than are told apart": (
        """
        class Box:
            def __init__(self, what):
                self.what = what
        """,
        """
        boxes = [Box(word) for word in ["a", "b", "c", "d", "e", "f", q, "g"]]
        db.execute(boxes[unknown()].what)  # found
        others = [Box(word) for word in ["a", "b", "c", "d", "e", "f", "g", "h"]]
        db.execute(others[unknown()].what)
        """,
    ),
    "rows of a long table": (
        "",
        """
        rows = [{"a": str(number), "b": "x"} for number in range(14)]
        rows[13]["a"] = q
        for row in rows:
            db.execute(row["a"])  # found
            db.execute(row["b"])
        """,
    ),
}

CALLS = {
    "dispatch among many": (
        "\n".join(f"def do{n}(text):\n    return 'a'" for n in range(8))
        + "\ndef raw(text):\n    return text\n"
        + "actions = {"
        + ", ".join(f"'{n}': do{n}" for n in range(8))
        + ", 'raw': raw}\nsafe = {"
        + ", ".join(f"'{n}': do{n}" for n in range(8))
        + "}",
        """
        db.execute(actions[request.args["kind"]](q))  # found
        db.execute(safe[request.args["kind"]](q))
        """,
    ),
    "a method by a name that is put together": (
        """
        class Runner:
            def do_raw(self, text):
                return text
            def do_fixed(self, text):
                return "a"
            def other(self, text):
                db.execute(text)
        """,
        """
        runner = Runner()
        db.execute(getattr(runner, "do_" + "raw")(q))  # found
        db.execute(getattr(runner, "do_" + "fixed")(q))
        db.execute(getattr(runner, "do_" + request.args["kind"])(q))  # found
        """,
    ),
    "layers": (
        "\n".join(f"def layer{n}(text):\n    return layer{n + 1}(text)" for n in range(9))
        + "\ndef layer9(text):\n    db.execute(text)  # found\n    return 'a'\n",
        """
        db.execute(layer0(q))
        """,
    ),
    "layers of decorators": (
        """
        from functools import wraps
        def logged(function):
            @wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @logged
        @logged
        def one(text):
            return two(text)
        @logged
        @logged
        def two(text):
            return three(text)
        @logged
        @logged
        def three(text):
            db.execute(text)  # found
        """,
        """
        one(q)
        """,
    ),
    "a method kept as an attribute": (
        """
        class Box:
            def __init__(self, fast):
                self.run = self.raw if fast else self.fixed
            def raw(self, text):
                return text
            def fixed(self, text):
                return "a"
        """,
        """
        db.execute(Box(True).run(q))  # found
        db.execute(Box(False).run(q))
        """,
    ),
    "a method replaced": (
        """
        class Box:
            def made(self, text):
                return "a"
        """,
        """
        db.execute(Box().made(q))
        Box.made = lambda self, text: text
        db.execute(Box().made(q))  # found
        """,
    ),
    "a bound method as a callback": (
        """
        class Box:
            def __init__(self, before):
                self.before = before
            def made(self, text):
                return self.before + text
        """,
        """
        db.execute(list(map(Box("a").made, [q]))[0])  # found
        db.execute(list(map(Box("a").made, ["b"]))[0])
        db.execute([Box("a").made(word) for word in ["b"]][0])
        """,
    ),
    "subclasses that register themselves": (
        """
        class Base:
            known = {}
            def __init_subclass__(cls, name="", **kwargs):
                Base.known[name] = cls
        class Raw(Base, name="raw"):
            def made(self, text):
                return text
        class Fixed(Base, name="fixed"):
            def made(self, text):
                return "a"
        """,
        """
        db.execute(Base.known["raw"]().made(q))  # found
        db.execute(Base.known["fixed"]().made(q))
        """,
    ),
    "a generic class": (
        """
        from typing import Generic, TypeVar
        T = TypeVar("T")
        class Box(Generic[T]):
            def __init__(self, what: T):
                self.what = what
        """,
        """
        db.execute(Box[str](q).what)  # found
        db.execute(Box[str]("a").what)
        """,
    ),
    "an abstract class": (
        """
        from abc import ABC, abstractmethod
        class Base(ABC):
            @abstractmethod
            def made(self, text):
                ...
            def run(self, text):
                db.execute(self.made(text))  # found
        class Raw(Base):
            def made(self, text):
                return text
        class Fixed(Base):
            def made(self, text):
                return "a"
        """,
        """
        for kind in (Fixed, Raw):
            kind().run(q)
        """,
    ),
    "a mixin": (
        """
        class Shown:
            def shown(self):
                return "SELECT " + self.what
        class Box(Shown):
            def __init__(self, what):
                self.what = what
        """,
        """
        db.execute(Box(q).shown())  # found
        db.execute(Box("a").shown())
        """,
    ),
    "a lambda's default": (
        "",
        """
        functions = [lambda word=word: word for word in ["a", q]]
        db.execute(functions[1]())  # found
        db.execute(functions[0]())
        """,
    ),
    "a chain of steps": (
        """
        def compose(*steps):
            def run(value):
                for step in steps:
                    value = step(value)
                return value
            return run
        """,
        """
        db.execute(compose(str.strip, lambda text: "SELECT " + text)(q))  # found
        db.execute(compose(str.strip, lambda text: "SELECT 1")(q))
        """,
    ),
    "observers": (
        """
        class Event:
            def __init__(self):
                self.listeners = []
            def listen(self, function):
                self.listeners.append(function)
                return function
            def fire(self, *args):
                for listener in self.listeners:
                    listener(*args)
        saved, deleted = Event(), Event()
        @saved.listen
        def run(text, note):
            db.execute(text)  # found
            db.execute(note)
        @deleted.listen
        def other(text):
            db.execute(text)
        """,
        """
        saved.fire(q, "a")
        """,
    ),
    "an asynchronous context manager": (
        """
        from contextlib import asynccontextmanager
        @asynccontextmanager
        async def opened(text):
            yield "SELECT " + text
        async def main(text):
            async with opened(text) as made:
                db.execute(made)  # found
            async with opened("a") as made:
                db.execute(made)
        """,
        """
        import asyncio
        asyncio.run(main(q))
        """,
    ),
    "an asynchronous class": (
        """
        class Source:
            def __init__(self, text):
                self.text = text
            async def __aenter__(self):
                return self.text
            async def __aexit__(self, *args):
                pass
            async def __aiter__(self):
                yield self.text
        async def main(text):
            async with Source(text) as made:
                db.execute(made)  # found
            async for made in Source(text):
                db.execute(made)  # found
            async with Source("a") as made:
                db.execute(made)
        """,
        """
        import asyncio
        asyncio.run(main(q))
        """,
    ),
    "a type as an argument": (
        """
        class Box:
            def __init__(self, what):
                self.what = what
        def build(cls, **values):
            return cls(**values)
        """,
        """
        db.execute(build(Box, what=q).what)  # found
        db.execute(build(Box, what="a").what)
        """,
    ),
    "a task for a worker": (
        """
        from celery import shared_task
        @shared_task
        def run(text, note):
            db.execute(text)  # found
            db.execute(note)
        """,
        """
        run.delay(q, "a")
        """,
    ),
    "operators as functions": (
        "import operator",
        """
        db.execute(operator.add("SELECT ", q))  # found
        db.execute(operator.add("SELECT ", "a"))
        db.execute(operator.concat(["a"], [q])[1])  # found
        db.execute(operator.getitem({"a": q, "b": "x"}, "b"))
        """,
    ),
}

ITERATION = {
    "rows turned into columns": (
        "",
        """
        first, second = zip(*[["a", q], ["b", "c"]])
        db.execute(second[0])  # found
        db.execute(first[0])
        """,
    ),
    "a sum of lists": (
        "",
        """
        db.execute(sum([["a"], [q]], [])[1])  # found
        db.execute(sum([["a"], ["b"]], [])[1])
        """,
    ),
    "itertools": (
        "import itertools",
        """
        for key, rows in itertools.groupby([q], key=len):
            for row in rows:
                db.execute(row)  # found
        for one, two in itertools.product([q], ["a"]):
            db.execute(one)  # found
            db.execute(two)
        for word in itertools.chain.from_iterable([["a"], ["b"]]):
            db.execute(word)
        for word in itertools.islice(itertools.repeat(q), 3):
            db.execute(word)  # found
        for word in itertools.takewhile(len, ["a"]):
            db.execute(word)
        """,
    ),
    "sorted pairs": (
        "",
        """
        for key, value in sorted({"b": q, "a": "x"}.items(), key=lambda pair: pair[1]):
            db.execute(key)
            db.execute(value)  # found
        """,
    ),
    "the largest key": (
        "",
        """
        counts = {"a": 1, "b": 2}
        db.execute(max(counts, key=counts.get))
        counts[q] = 3
        db.execute(max(counts, key=counts.get))  # found
        """,
    ),
    "pairs of a comprehension": (
        "",
        """
        pairs = [(key, value) for key, value in [("a", q), ("b", "x")]]
        db.execute(pairs[0][1])  # found
        db.execute(pairs[0][0])
        db.execute(pairs[1][1])
        """,
    ),
    "conditions put together": (
        "",
        """
        conditions, values = [], []
        for name in ("name", "city"):
            if name in request.args:
                conditions.append(f"{name} = ?")
                values.append(request.args[name])
        db.execute("SELECT 1 FROM a WHERE " + " AND ".join(conditions), values)
        db.execute("SELECT 1 FROM a WHERE " + " AND ".join(values))  # found
        """,
    ),
    "fields of a form by their names": (
        "",
        """
        row = {name: request.form.get(name) for name in ("a", "b")}
        db.execute(f"INSERT INTO t ({', '.join(row)}) VALUES (?, ?)", list(row.values()))
        db.execute(f"INSERT INTO t (a, b) VALUES ({', '.join(row.values())})")  # found
        """,
    ),
    "names that a client chose": (
        "",
        """
        row = request.get_json()
        columns = ", ".join(row)
        db.execute(f"INSERT INTO t ({columns}) VALUES (?)", list(row.values()))  # found
        db.execute("INSERT INTO t (a) VALUES (?)", list(row.values()))
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), STATE.values(), ids=STATE)
def test_state(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), CALLS.values(), ids=CALLS)
def test_calls(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), ITERATION.values(), ids=ITERATION)
def test_iteration(before: str, body: str) -> None:
    in_view(body, before)


def test_the_request_under_other_names() -> None:
    in_app("""
        import flask as f
        from flask import request as sent

        @app.route("/")
        def view():
            db.execute(sent.args["q"])  # found
            db.execute(f.request.form["q"])  # found
            db.execute(f.request.method)
        """)


def test_layers_of_an_application() -> None:
    in_app("""
        class Repository:
            def __init__(self, connection):
                self.connection = connection

            def find(self, table, order):
                return self.connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # found

            def count(self, table):
                return self.connection.execute(f"SELECT count(*) FROM {table}")

        class Service:
            def __init__(self, repository, allowed=("name", "date")):
                self.repository = repository
                self.allowed = allowed

            def listing(self, order):
                return self.repository.find("users", order)

            def sorted_listing(self, order):
                return self.safe("users", order if order in self.allowed else "name")

            def safe(self, table, order):
                return self.repository.connection.execute(f"SELECT * FROM {table} ORDER BY {order}")

        def service():
            return Service(Repository(db))

        @app.route("/")
        def view():
            service().repository.count("users")
            service().sorted_listing(request.args["order"])
            return str(service().listing(request.args["order"]))
        """)
