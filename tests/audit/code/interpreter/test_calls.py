"""Calls: each with its own arguments, however they are passed, and whatever it is that is called."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_app, in_view

CONTEXTS = {
    "a helper keeps its callers apart": (
        """
        def made(text):
            return "SELECT " + text
        """,
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "in the other order": (
        """
        def made(text):
            return "SELECT " + text
        """,
        """
        db.execute(made("a"))
        db.execute(made(q))  # found
        """,
    ),
    "a helper of a helper": (
        """
        def outer(text):
            return inner(text, "b")
        def inner(first, second):
            return first + second
        """,
        """
        db.execute(outer(q))  # found
        db.execute(outer("a"))
        """,
    ),
    "a helper that chooses": (
        """
        def first(one, two):
            return one
        """,
        """
        db.execute(first(q, "a"))  # found
        db.execute(first("a", q))
        """,
    ),
    "a sink in a helper": (
        """
        def run(text, note):
            db.execute(text)  # found
            db.execute(note)
        """,
        """
        run(q, "a")
        """,
    ),
    "several results": (
        """
        def pair(text):
            return text, "a"
        """,
        """
        one, two = pair(q)
        db.execute(one)  # found
        db.execute(two)
        """,
    ),
    "a mapping as result": (
        """
        def parsed(text):
            return {"raw": text, "kind": "a"}
        """,
        """
        row = parsed(q)
        db.execute(row["raw"])  # found
        db.execute(row["kind"])
        """,
    ),
    "early return": (
        """
        def made(text, flag):
            if flag:
                return text
            return "a"
        """,
        """
        db.execute(made(q, unknown()))  # found
        db.execute(made(q, False))
        db.execute(made(q, True))  # found
        """,
    ),
    "an argument is filled": (
        """
        def fill(items, text):
            items.append(text)
        """,
        """
        items, others = [], []
        fill(items, q)
        fill(others, "a")
        db.execute(items[0])  # found
        db.execute(others[0])
        """,
    ),
    "a mapping is filled": (
        """
        def fill(row, key, value):
            row[key] = value
        """,
        """
        row = {}
        fill(row, "a", q)
        fill(row, "b", "x")
        db.execute(row["a"])  # found
        db.execute(row["b"])
        """,
    ),
    "a name of the caller is not changed": (
        """
        def change(text):
            text = "a"
            return text
        """,
        """
        change(q)
        db.execute(q)  # found
        db.execute(change(q))
        """,
    ),
    "recursion": (
        """
        def repeated(text, times):
            if times == 0:
                return text
            return repeated(text, times - 1)
        """,
        """
        db.execute("SELECT 1 FROM a ORDER BY " + repeated(q, 1))  # found
        db.execute("SELECT 1 FROM a ORDER BY " + repeated(q, 9))  # perhaps
        db.execute(repeated("a", 2))
        """,
    ),
    "recursion over a tree": (
        """
        def flat(tree):
            found = []
            for item in tree:
                if isinstance(item, list):
                    found.extend(flat(item))
                else:
                    found.append(item)
            return found
        """,
        """
        db.execute(flat([q, "a"])[0])  # found
        db.execute(flat(["a", ["b"]])[0])
        """,
    ),
    "mutual recursion ends": (
        """
        def ping(text, n):
            return pong(text, n - 1) if n else text
        def pong(text, n):
            return ping(text, n - 1) if n else text
        """,
        """
        db.execute(ping(q, 1))  # found
        db.execute(ping("a", 1))
        """,
    ),
    "defined later": (
        """
        def outer(text):
            return later(text)
        def later(text):
            return "a" + text
        """,
        """
        db.execute(outer(q))  # found
        db.execute(outer("b"))
        """,
    ),
    "async": (
        """
        async def fetched(text):
            return "SELECT " + text
        async def main(text):
            db.execute(await fetched(text))  # found
            db.execute(await fetched("a"))
        """,
        """
        import asyncio
        asyncio.run(main(q))
        """,
    ),
    "gathered": (
        """
        import asyncio
        async def fetched(text):
            return text
        """,
        """
        one, two = asyncio.run(asyncio.gather(fetched(q), fetched("a")))
        db.execute(one)  # found
        db.execute(two)
        """,
    ),
    "conditional expression of functions": (
        """
        def raw(text):
            return text
        def fixed(text):
            return "a"
        """,
        """
        made = raw if unknown() else fixed
        db.execute(made(q))  # found
        made = fixed if True else raw
        db.execute(made(q))
        """,
    ),
    "classmethod": (
        """
        class Box:
            def __init__(self, what):
                self.what = what
            @classmethod
            def of(cls, text):
                return cls("x" + text)
        """,
        """
        db.execute(Box.of(q).what)  # found
        db.execute(Box.of("a").what)
        """,
    ),
    "staticmethod": (
        """
        class Tool:
            @staticmethod
            def made(text, other):
                return "x" + text
        """,
        """
        db.execute(Tool.made(q, "a"))  # found
        db.execute(Tool().made(q, "a"))  # found
        db.execute(Tool.made("a", q))
        db.execute(Tool().made("a", q))
        """,
    ),
    "method as a value": (
        """
        class Box:
            def __init__(self, before):
                self.before = before
            def made(self, text):
                return self.before + text
        """,
        """
        made = Box("a").made
        db.execute(made(q))  # found
        db.execute(made("b"))
        other = Box(q).made
        db.execute(other("b"))  # found
        """,
    ),
    "method through the class": (
        """
        class Box:
            def made(self, text):
                return "a" + text
        """,
        """
        db.execute(Box.made(Box(), q))  # found
        db.execute(Box.made(Box(), "b"))
        """,
    ),
    "private helper method": (
        """
        class Store:
            def find(self, text):
                return self.__run(text)
            def __run(self, text):
                db.execute(text)  # found
            def safe(self, text):
                return self.__fixed(text)
            def __fixed(self, text):
                db.execute("a")
        """,
        """
        Store().find(q)
        Store().safe(q)
        """,
    ),
}

ARGUMENTS = {
    "by name": (
        "def one(a, b):\n    return a",
        """
        db.execute(one(b="x", a=q))  # found
        db.execute(one(b=q, a="x"))
        """,
    ),
    "default": (
        "def one(a, b='x'):\n    return b",
        """
        db.execute(one("y", q))  # found
        db.execute(one(q))
        """,
    ),
    "*args": (
        "def one(*args):\n    return args[1]",
        """
        db.execute(one("x", q))  # found
        db.execute(one(q, "x"))
        """,
    ),
    "first and *args": (
        "def one(first, *others):\n    return others[0]",
        """
        db.execute(one("x", q))  # found
        db.execute(one(q, "x"))
        """,
    ),
    "**kwargs": (
        "def one(**kwargs):\n    return kwargs['a']",
        """
        db.execute(one(a=q, b="x"))  # found
        db.execute(one(b=q, a="x"))
        """,
    ),
    "kwargs.get": (
        "def one(**kwargs):\n    return kwargs.get('a', 'x')",
        """
        db.execute(one(a=q))  # found
        db.execute(one(b=q))
        """,
    ),
    "star at the call": (
        "def one(a, b):\n    return b",
        """
        db.execute(one(*["x", q]))  # found
        db.execute(one(*[q, "x"]))
        """,
    ),
    "two stars at the call": (
        "def one(a, b):\n    return b",
        """
        db.execute(one(**{"a": "x", "b": q}))  # found
        db.execute(one(**{"a": q, "b": "x"}))
        """,
    ),
    "all at once": (
        "def one(a, *args, b='x', **kwargs):\n    return a, args, b, kwargs",
        """
        a, args, b, kwargs = one("x", "y", q, b="z", c="w")
        db.execute(args[1])  # found
        db.execute(args[0])
        db.execute(a)
        db.execute(b)
        db.execute(kwargs["c"])
        """,
    ),
    "handed on": (
        "def inner(a, b=''):\n    return a\ndef outer(*args, **kwargs):\n    return inner(*args, **kwargs)",
        """
        db.execute(outer(q, b="x"))  # found
        db.execute(outer("x", b=q))
        db.execute(outer(b="x", a=q))  # found
        """,
    ),
    "keyword only": (
        "def one(*, a, b):\n    return a",
        """
        db.execute(one(a=q, b="x"))  # found
        db.execute(one(a="x", b=q))
        """,
    ),
    "positional only": (
        "def one(a, b, /, c):\n    return b",
        """
        db.execute(one("x", q, "y"))  # found
        db.execute(one(q, "x", c=q))
        """,
    ),
    "positional only beside **kwargs": (
        "def one(a, /, **kwargs):\n    return a",
        """
        db.execute(one(q, a="x"))  # found
        db.execute(one("x", a=q))
        """,
    ),
    "mutable default lasts": (
        "def one(text, seen=[]):\n    seen.append(text)\n    return seen\ndef two(text, seen=None):\n"
        "    seen = seen or []\n    seen.append(text)\n    return seen",
        """
        one(q)
        two(q)
        db.execute(one("x")[0])  # found
        db.execute(two("x")[0])
        """,
    ),
    "default of an outer value": (
        "",
        """
        def one(text=q, other="x"):
            db.execute(text)  # found
            db.execute(other)
        one()
        """,
    ),
    "star of an unknown length": (
        "def one(a, b='x'):\n    return a",
        """
        db.execute(one(*request.args.getlist("a")))  # found
        db.execute(one("x", *request.args.getlist("a")))
        """,
    ),
    "format with stars": (
        "",
        """
        db.execute("{a} {b}".format(**{"a": "x", "b": q}))  # found
        db.execute("{a}".format(**{"a": "x", "b": q}))
        db.execute("{} {}".format(*["x", q]))  # found
        db.execute("{0}".format(*["x", q]))
        """,
    ),
}

CALLABLES = {
    "lambda": (
        "made = lambda text: 'SELECT ' + text",
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "lambda closes over": (
        "",
        """
        made = lambda: q
        other = lambda: "a"
        db.execute(made())  # found
        db.execute(other())
        """,
    ),
    "closure": (
        "def outer(before):\n    def inner(text):\n        return before + text\n    return inner",
        """
        db.execute(outer("a")(q))  # found
        db.execute(outer(q)("a"))  # found
        db.execute(outer("a")("b"))
        """,
    ),
    "closures keep their own": (
        "def outer(text):\n    def inner():\n        return text\n    return inner",
        """
        one, two = outer(q), outer("a")
        db.execute(one())  # found
        db.execute(two())
        """,
    ),
    "closure reads later": (
        "",
        """
        text = "a"
        def inner():
            return text
        db.execute(inner())
        text = q
        db.execute(inner())  # found
        """,
    ),
    "nonlocal": (
        "",
        """
        text, other = "a", "b"
        def change(value):
            nonlocal text
            text = value
        def no_change(value):
            other = value
        change(q)
        no_change(q)
        db.execute(text)  # found
        db.execute(other)
        """,
    ),
    "nonlocal, overwritten": (
        "",
        """
        text = q
        def change():
            nonlocal text
            text = "a"
        db.execute(text)  # found
        change()
        db.execute(text)
        """,
    ),
    "global": (
        "text = 'a'\nother = 'b'\ndef change(value):\n    global text\n    text = value\n"
        "def no_change(value):\n    other = value",
        """
        change(q)
        no_change(q)
        db.execute(text)  # found
        db.execute(other)
        """,
    ),
    "stored in a mapping": (
        "def raw(text):\n    return text\ndef fixed(text):\n    return 'a'\nmade = {'raw': raw, 'fixed': fixed}",
        """
        db.execute(made["raw"](q))  # found
        db.execute(made["fixed"](q))
        """,
    ),
    "dispatch by a client's word": (
        "def raw(text):\n    db.execute(text)  # found\ndef fixed(text):\n    db.execute('a')\n"
        "made = {'raw': raw, 'fixed': fixed}",
        """
        made[request.args["kind"]](q)
        """,
    ),
    "dispatch by get": (
        "def raw(text):\n    db.execute(text)  # found\ndef fixed(text):\n    db.execute('a')\nmade = {'raw': raw}",
        """
        made.get(request.args["kind"], fixed)(q)
        """,
    ),
    "stored in a list": (
        "def raw(text):\n    return text\ndef fixed(text):\n    return 'a'",
        """
        steps = [str.strip, raw]
        text = q
        for step in steps:
            text = step(text)
        db.execute(text)  # found
        for step in [raw, fixed]:
            text = step(text)
        db.execute(text)
        """,
    ),
    "passed": (
        "def apply(function, value):\n    return function(value)\ndef raw(text):\n    return text\n"
        "def fixed(text):\n    return 'a'",
        """
        db.execute(apply(raw, q))  # found
        db.execute(apply(fixed, q))
        db.execute(apply(lambda text: text + "b", q))  # found
        db.execute(apply(lambda text: "b", q))
        """,
    ),
    "registered by a decorator": (
        "steps = {}\ndef step(name):\n    def register(function):\n        steps[name] = function\n"
        "        return function\n    return register\n"
        "@step('raw')\ndef one(text):\n    return text\n@step('fixed')\ndef two(text):\n    return 'a'",
        """
        db.execute(steps["raw"](q))  # found
        db.execute(steps["fixed"](q))
        """,
    ),
    "stored on an object": (
        "class Runner:\n    def __init__(self, function):\n        self.function = function\n"
        "    def run(self, text):\n        return self.function(text)",
        """
        db.execute(Runner(lambda text: text).run(q))  # found
        db.execute(Runner(lambda text: "a").run(q))
        """,
    ),
    "map": (
        "def made(text):\n    return 'SELECT ' + text",
        """
        db.execute(list(map(made, ["a", q]))[1])  # found
        db.execute(list(map(made, ["a", q]))[0])
        """,
    ),
    "map over two": (
        "",
        """
        items = list(map(lambda a, b: a, [q], ["x"]))
        db.execute(items[0])  # found
        items = list(map(lambda a, b: b, [q], ["x"]))
        db.execute(items[0])
        """,
    ),
    "filter": (
        "",
        """
        db.execute(list(filter(None, [q]))[0])  # found
        db.execute(list(filter(None, ["a"]))[0])
        db.execute(list(filter(lambda item: len(item) > 2, ["a", q]))[0])  # found
        """,
    ),
    "sorted with a key": (
        "",
        """
        db.execute(sorted([q, "a"], key=lambda item: item.lower())[0])  # found
        db.execute(sorted(["b", "a"], key=len)[0])
        """,
    ),
    "max with a key": (
        "",
        """
        db.execute(max([q, "a"], key=len))  # found
        db.execute(max(["b", "a"], key=lambda item: q))
        """,
    ),
    "reduce": (
        "from functools import reduce",
        """
        db.execute(reduce(lambda a, b: a + b, ["x", q]))  # found
        db.execute(reduce(lambda a, b: a + b, ["x", "y"], "z"))
        db.execute(reduce(lambda a, b: a, ["x", q]))
        """,
    ),
    "partial": (
        "from functools import partial\ndef made(a, b):\n    return a + b",
        """
        db.execute(partial(made, "x")(q))  # found
        db.execute(partial(made, q)("x"))  # found
        db.execute(partial(made, "x")("y"))
        """,
    ),
    "partial with names": (
        "from functools import partial\ndef made(a, b='', c=''):\n    return b",
        """
        db.execute(partial(made, b=q)("x"))  # found
        db.execute(partial(made, c=q)("x"))
        db.execute(partial(made, b=q)("x", b="y"))
        """,
    ),
    "partialmethod": (
        "from functools import partialmethod\nclass Box:\n    def made(self, a, b):\n        return b\n"
        "    short = partialmethod(made, 'x')\n    fixed = partialmethod(made, b='x')",
        """
        db.execute(Box().short(q))  # found
        db.execute(Box().fixed(q))
        """,
    ),
    "lru_cache": (
        "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef made(text):\n    return 'x' + text",
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "cache": (
        "import functools\n@functools.cache\ndef made(text):\n    return 'x' + text",
        """
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "singledispatch": (
        "from functools import singledispatch\n@singledispatch\ndef made(value):\n    return 'a'\n"
        "@made.register\ndef _(value: str):\n    return value\n"
        "@singledispatch\ndef other(value):\n    return 'a'\n@other.register(int)\ndef _(value):\n    return 'b'",
        """
        db.execute(made(q))  # found
        db.execute(other(q))
        """,
    ),
    "itemgetter and attrgetter": (
        "from operator import attrgetter, itemgetter\nclass Box:\n    pass",
        """
        row = {"a": q, "b": "x"}
        db.execute(itemgetter("a")(row))  # found
        db.execute(itemgetter("b")(row))
        box = Box()
        box.a, box.b = q, "x"
        db.execute(attrgetter("a")(box))  # found
        db.execute(attrgetter("b")(box))
        one, two = itemgetter("a", "b")(row)
        db.execute(one)  # found
        db.execute(two)
        """,
    ),
    "methodcaller": (
        "from operator import methodcaller",
        """
        db.execute(methodcaller("strip")(q))  # found
        db.execute(methodcaller("strip")("a"))
        """,
    ),
    "str methods as functions": (
        "",
        """
        db.execute(str.upper(q))  # found
        db.execute(str.upper("a"))
        db.execute(" ".join(map(str.strip, ["a", q])))  # found
        db.execute(" ".join(map(str.strip, ["a", "b"])))
        """,
    ),
    "class as a callable": (
        "class Box:\n    def __init__(self, what):\n        self.what = what",
        """
        made = {"box": Box}["box"]
        db.execute(made(q).what)  # found
        db.execute([Box(item) for item in ["a", q]][0].what)
        """,
    ),
    "factory returns a class": (
        "def make(fixed):\n    class Box:\n        def made(self, text):\n            return 'a' if fixed else text\n"
        "    return Box",
        """
        db.execute(make(False)().made(q))  # found
        db.execute(make(True)().made(q))
        """,
    ),
    "thread": (
        "import threading\ndef run(text, note):\n    db.execute(text)  # found\n    db.execute(note)",
        """
        threading.Thread(target=run, args=(q, "a")).start()
        """,
    ),
    "thread with names": (
        "import threading\ndef run(text='', note=''):\n    db.execute(text)\n    db.execute(note)  # found",
        """
        worker = threading.Thread(target=run, kwargs={"note": q})
        worker.start()
        """,
    ),
    "subclass of Thread": (
        "import threading\nclass Worker(threading.Thread):\n    def __init__(self, text, note):\n"
        "        super().__init__()\n        self.text = text\n        self.note = note\n"
        "    def run(self):\n        db.execute(self.text)  # found\n        db.execute(self.note)",
        """
        Worker(q, "a").start()
        """,
    ),
    "timer": (
        "import threading\ndef run(text, note):\n    db.execute(text)  # found\n    db.execute(note)",
        """
        threading.Timer(5, run, [q, "a"]).start()
        """,
    ),
    "executor": (
        "from concurrent.futures import ThreadPoolExecutor\ndef run(text, note):\n"
        "    db.execute(text)  # found\n    return note",
        """
        with ThreadPoolExecutor() as pool:
            future = pool.submit(run, q, "a")
            db.execute(future.result())
        """,
    ),
    "executor's result": (
        "from concurrent.futures import ThreadPoolExecutor\ndef made(text):\n    return 'x' + text",
        """
        pool = ThreadPoolExecutor(max_workers=2)
        db.execute(pool.submit(made, q).result())  # found
        db.execute(pool.submit(made, "a").result())
        """,
    ),
    "executor.map": (
        "from concurrent.futures import ThreadPoolExecutor\ndef made(text):\n    return 'x' + text",
        """
        with ThreadPoolExecutor() as pool:
            for text in pool.map(made, [q]):
                db.execute(text)  # found
            for text in pool.map(made, ["a"]):
                db.execute(text)
        """,
    ),
    "atexit and call_soon run it": (
        "import atexit\ndef run(text):\n    db.execute(text)  # found\ndef fixed(text):\n    db.execute('a')",
        """
        atexit.register(run, q)
        atexit.register(fixed, q)
        """,
    ),
    "starmap": (
        "from itertools import starmap",
        """
        db.execute(list(starmap(lambda a, b: b, [("x", q)]))[0])  # found
        db.execute(list(starmap(lambda a, b: a, [("x", q)]))[0])
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), CONTEXTS.values(), ids=CONTEXTS)
def test_contexts(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), CALLABLES.values(), ids=CALLABLES)
def test_callables(before: str, body: str) -> None:
    in_view(body, before)


def test_many_calls_with_clean_values_do_not_hide_a_tainted_one() -> None:
    calls = "\n".join(f"    db.execute(made('a{number}'))" for number in range(60))
    in_app(
        "def made(text):\n    return 'SELECT ' + text\n\n"
        f"@app.route('/')\ndef view():\n{calls}\n    db.execute(made(request.args['q']))  # found\n"
    )
