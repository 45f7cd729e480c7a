"""Attributes: told apart by object, found through classes, properties and special methods."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

CASES = {
    "two instances": (
        """
        class Box:
            def __init__(self, what):
                self.what = what
        """,
        """
        dirty, clean = Box(q), Box("a")
        db.execute(dirty.what)  # found
        db.execute(clean.what)
        """,
    ),
    "two attributes": (
        """
        class Box:
            def __init__(self, what, size):
                self.what = what
                self.size = size
        """,
        """
        box = Box(q, "a")
        db.execute(box.what)  # found
        db.execute(box.size)
        """,
    ),
    "set from outside": (
        "class Box: pass",
        """
        box, other = Box(), Box()
        box.what = q
        other.what = "a"
        db.execute(box.what)  # found
        db.execute(other.what)
        """,
    ),
    "overwritten": (
        "class Box: pass",
        """
        box = Box()
        box.what = q
        db.execute(box.what)  # found
        box.what = "a"
        db.execute(box.what)
        """,
    ),
    "alias": (
        "class Box: pass",
        """
        box = Box()
        other = box
        other.what = q
        db.execute(box.what)  # found
        box.what = "a"
        db.execute(other.what)
        """,
    ),
    "deleted": (
        """
        class Box:
            what = "a"
        """,
        """
        box = Box()
        box.what = q
        db.execute(box.what)  # found
        del box.what
        db.execute(box.what)
        """,
    ),
    "methods that set and get": (
        """
        class Box:
            def put(self, what):
                self.what = what
            def get(self):
                return self.what
        """,
        """
        box, other = Box(), Box()
        box.put(q)
        other.put("a")
        db.execute(box.get())  # found
        db.execute(other.get())
        """,
    ),
    "methods that return themselves": (
        """
        class Query:
            def __init__(self):
                self.parts = []
            def add(self, part):
                self.parts.append(part)
                return self
            def text(self):
                return " ".join(self.parts)
        """,
        """
        db.execute(Query().add("SELECT").add(q).text())  # found
        db.execute(Query().add("SELECT").add("a").text())
        """,
    ),
    "sink in a method": (
        """
        class Store:
            def __init__(self, table):
                self.table = table
            def all(self):
                db.execute("SELECT * FROM " + self.table)  # found
            def count(self, column):
                db.execute("SELECT 1")
        """,
        """
        Store(q).all()
        Store("a").all()
        Store(q).count("b")
        """,
    ),
    "sink in a method of a clean instance": (
        """
        class Store:
            def __init__(self, table, note):
                self.table = table
                self.note = note
            def all(self):
                db.execute("SELECT * FROM " + self.table)
        """,
        """
        Store("a", q).all()
        """,
    ),
    "class attribute": (
        """
        class Box:
            what = "a"
        """,
        """
        db.execute(Box.what)
        db.execute(Box().what)
        Box.what = q
        db.execute(Box.what)  # found
        db.execute(Box().what)  # found
        """,
    ),
    "class attribute hidden by an instance's": (
        """
        class Box:
            what = "a"
        """,
        """
        box, other = Box(), Box()
        box.what = q
        db.execute(box.what)  # found
        db.execute(other.what)
        """,
    ),
    "mutable class attribute is shared": (
        """
        class Box:
            shared = []
            def __init__(self):
                self.own = []
        """,
        """
        Box().shared.append(q)
        Box().own.append(q)
        db.execute(Box().shared[0])  # found
        db.execute("".join(Box().own))
        """,
    ),
    "augmented attribute": (
        """
        class Box:
            text = ""
        """,
        """
        box, other = Box(), Box()
        box.text += q
        other.text += "a"
        db.execute(box.text)  # found
        db.execute(other.text)
        """,
    ),
    "nested objects": (
        """
        class Box:
            def __init__(self, what=None):
                self.what = what
                self.label = "a"
        """,
        """
        outer = Box(Box(q))
        db.execute(outer.what.what)  # found
        db.execute(outer.what.label)
        db.execute(outer.label)
        """,
    ),
    "inherited": (
        """
        class Base:
            def __init__(self, what):
                self.what = what
            def get(self):
                return self.what
        class Box(Base):
            pass
        """,
        """
        db.execute(Box(q).get())  # found
        db.execute(Box("a").get())
        """,
    ),
    "super().__init__": (
        """
        class Base:
            def __init__(self, what):
                self.what = what
        class Box(Base):
            def __init__(self, what, label):
                super().__init__(what)
                self.label = label
        """,
        """
        db.execute(Box(q, "a").what)  # found
        db.execute(Box(q, "a").label)
        db.execute(Box("a", q).what)
        """,
    ),
    "super() with arguments": (
        """
        class Base:
            def __init__(self, what):
                self.what = what
        class Box(Base):
            def __init__(self, what):
                super(Box, self).__init__("x" + what)
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box("a").what)
        """,
    ),
    "base called by name": (
        """
        class Base:
            def __init__(self, what):
                self.what = what
        class Box(Base):
            def __init__(self, what):
                Base.__init__(self, what)
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box("a").what)
        """,
    ),
    "overridden method": (
        """
        class Base:
            def shown(self, text):
                return text
        class Box(Base):
            def shown(self, text):
                return "fixed"
        """,
        """
        db.execute(Base().shown(q))  # found
        db.execute(Box().shown(q))
        """,
    ),
    "template method": (
        """
        class Base:
            def run(self, text):
                db.execute(self.made(text))  # found
            def made(self, text):
                return "fixed"
        class Raw(Base):
            def made(self, text):
                return text
        """,
        """
        Base().run(q)
        Raw().run(q)
        """,
    ),
    "template method, only the safe one": (
        """
        class Base:
            def run(self, text):
                db.execute(self.made(text))
            def made(self, text):
                return text
        class Safe(Base):
            def made(self, text):
                return "fixed"
        """,
        """
        Safe().run(q)
        """,
    ),
    "super in the middle": (
        """
        class Base:
            def made(self, text):
                return text
        class Box(Base):
            def made(self, text):
                return "SELECT " + super().made(text)
        """,
        """
        db.execute(Box().made(q))  # found
        db.execute(Box().made("a"))
        """,
    ),
    "two bases, the first wins": (
        """
        class Safe:
            def made(self, text):
                return "fixed"
        class Raw:
            def made(self, text):
                return text
        class First(Safe, Raw): pass
        class Second(Raw, Safe): pass
        """,
        """
        db.execute(Second().made(q))  # found
        db.execute(First().made(q))
        """,
    ),
    "diamond": (
        """
        class Base:
            def made(self, text):
                return text
        class Left(Base): pass
        class Right(Base):
            def made(self, text):
                return "fixed"
        class Box(Left, Right): pass
        """,
        """
        db.execute(Left().made(q))  # found
        db.execute(Box().made(q))
        """,
    ),
    "cooperative super": (
        """
        class Base:
            def made(self, text):
                return text
        class Left(Base):
            def made(self, text):
                return "l" + super().made(text)
        class Right(Base):
            def made(self, text):
                return "fixed"
        class Box(Left, Right): pass
        """,
        """
        db.execute(Left().made(q))  # found
        db.execute(Box().made(q))
        """,
    ),
    "property": (
        """
        class Box:
            def __init__(self, what):
                self._what = what
            @property
            def what(self):
                return self._what
            @property
            def label(self):
                return "a"
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box("a").what)
        db.execute(Box(q).label)
        """,
    ),
    "property with a setter": (
        """
        class Box:
            @property
            def what(self):
                return self._what
            @what.setter
            def what(self, value):
                self._what = value
            @property
            def fixed(self):
                return self._fixed
            @fixed.setter
            def fixed(self, value):
                self._fixed = "a"
        """,
        """
        box = Box()
        box.what = q
        box.fixed = q
        db.execute(box.what)  # found
        db.execute(box.fixed)
        """,
    ),
    "cached_property": (
        """
        from functools import cached_property
        class Box:
            def __init__(self, what):
                self._what = what
            @cached_property
            def what(self):
                return "SELECT " + self._what
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box("a").what)
        """,
    ),
    "property()": (
        """
        class Box:
            def __init__(self, what):
                self._what = what
            def get_what(self):
                return self._what
            def get_label(self):
                return "a"
            what = property(get_what)
            label = property(get_label)
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box(q).label)
        """,
    ),
    "__getattr__": (
        """
        class Box:
            def __init__(self, values):
                self.values = values
            def __getattr__(self, name):
                return self.values[name]
        """,
        """
        box = Box({"a": q, "b": "x"})
        db.execute(box.a)  # found
        db.execute(box.b)
        """,
    ),
    "__getitem__ and __setitem__": (
        """
        class Box:
            def __init__(self):
                self.values = {}
            def __setitem__(self, key, value):
                self.values[key] = value
            def __getitem__(self, key):
                return self.values[key]
        """,
        """
        box = Box()
        box["a"] = q
        box["b"] = "x"
        db.execute(box["a"])  # found
        db.execute(box["b"])
        """,
    ),
    "__call__": (
        """
        class Made:
            def __init__(self, before):
                self.before = before
            def __call__(self, text):
                return self.before + text
        """,
        """
        made = Made("SELECT ")
        db.execute(made(q))  # found
        db.execute(made("a"))
        """,
    ),
    "__iter__": (
        """
        class Rows:
            def __init__(self, rows):
                self.rows = rows
            def __iter__(self):
                return iter(self.rows)
        """,
        """
        for row in Rows([q]):
            db.execute(row)  # found
        for row in Rows(["a"]):
            db.execute(row)
        """,
    ),
    "__iter__ as a generator": (
        """
        class Rows:
            def __init__(self, rows):
                self.rows = rows
            def __iter__(self):
                for row in self.rows:
                    yield row
        """,
        """
        db.execute(" ".join(Rows([q])))  # found
        db.execute(" ".join(Rows(["a"])))
        """,
    ),
    "__iter__ and __next__": (
        """
        class Rows:
            def __init__(self, rows):
                self.rows = rows
            def __iter__(self):
                return self
            def __next__(self):
                return self.rows.pop()
        """,
        """
        for row in Rows([q]):
            db.execute(row)  # found
        for row in Rows(["a"]):
            db.execute(row)
        """,
    ),
    "__str__": (
        """
        class Name:
            def __init__(self, text):
                self.text = text
            def __str__(self):
                return "SELECT " + self.text
        class Hidden(Name):
            def __str__(self):
                return "SELECT 1"
        """,
        """
        db.execute(str(Name(q)))  # found
        db.execute(f"{Name(q)}")  # found
        db.execute("%s" % Name(q))  # found
        db.execute("{}".format(Name(q)))  # found
        db.execute(str(Hidden(q)))
        db.execute(f"{Hidden(q)}")
        db.execute("%s" % Hidden(q))
        db.execute("{}".format(Hidden(q)))
        """,
    ),
    "__repr__": (
        """
        class Name:
            def __init__(self, text):
                self.text = text
            def __repr__(self):
                return self.text
        class Hidden(Name):
            def __repr__(self):
                return "<Name>"
        """,
        """
        db.execute(repr(Name(q)))  # found
        db.execute(f"{Name(q)!r}")  # found
        db.execute(str(Name(q)))  # found
        db.execute(repr(Hidden(q)))
        db.execute(f"{Hidden(q)!r}")
        db.execute(str(Hidden(q)))
        """,
    ),
    "__format__": (
        """
        class Name:
            def __init__(self, text):
                self.text = text
            def __format__(self, spec):
                return self.text
        class Hidden(Name):
            def __format__(self, spec):
                return "a"
        """,
        """
        db.execute(f"{Name(q):x}")  # found
        db.execute("{:x}".format(Name(q)))  # found
        db.execute(f"{Hidden(q):x}")
        db.execute("{:x}".format(Hidden(q)))
        """,
    ),
    "operators of a class": (
        """
        class Part:
            def __init__(self, text):
                self.text = text
            def __add__(self, other):
                return Part(self.text + other)
            def __mod__(self, other):
                return "fixed"
        """,
        """
        db.execute((Part("a") + q).text)  # found
        db.execute((Part("a") + "b").text)
        db.execute(Part(q) % "b")
        """,
    ),
    "reflected operator": (
        """
        class Part:
            def __init__(self, text):
                self.text = text
            def __radd__(self, other):
                return other + self.text
        """,
        """
        db.execute("SELECT " + Part(q))  # found
        db.execute("SELECT " + Part("a"))
        """,
    ),
    "__slots__": (
        """
        class Box:
            __slots__ = ("what", "label")
            def __init__(self, what, label):
                self.what = what
                self.label = label
        """,
        """
        box = Box(q, "a")
        db.execute(box.what)  # found
        db.execute(box.label)
        """,
    ),
    "__new__": (
        """
        class Box:
            def __new__(cls, what):
                made = super().__new__(cls)
                made.what = what
                return made
        """,
        """
        db.execute(Box(q).what)  # found
        db.execute(Box("a").what)
        """,
    ),
    "singleton": (
        """
        class Settings:
            _one = None
            def __new__(cls):
                if cls._one is None:
                    cls._one = super().__new__(cls)
                return cls._one
        """,
        """
        Settings().table = q
        db.execute(Settings().table)  # found
        Settings().table = "a"
        db.execute(Settings().table)
        """,
    ),
    "descriptor": (
        """
        class Field:
            def __init__(self, name):
                self.name = name
            def __get__(self, owner, cls):
                return owner.values[self.name]
            def __set__(self, owner, value):
                owner.values[self.name] = value
        class Box:
            a = Field("a")
            b = Field("b")
            def __init__(self):
                self.values = {}
        """,
        """
        box = Box()
        box.a = q
        box.b = "x"
        db.execute(box.a)  # found
        db.execute(box.b)
        """,
    ),
    "getattr and setattr": (
        "class Box: pass",
        """
        box = Box()
        setattr(box, "a", q)
        setattr(box, "b", "x")
        db.execute(getattr(box, "a"))  # found
        db.execute(getattr(box, "b"))
        db.execute(getattr(box, "c", "y"))
        """,
    ),
    "vars and __dict__": (
        "class Box: pass",
        """
        box = Box()
        box.a, box.b = q, "x"
        db.execute(vars(box)["a"])  # found
        db.execute(vars(box)["b"])
        db.execute(box.__dict__["a"])  # found
        db.execute(box.__dict__["b"])
        """,
    ),
    "__dict__ updated": (
        """
        class Box:
            def __init__(self, **values):
                self.__dict__.update(values)
        """,
        """
        box = Box(a=q, b="x")
        db.execute(box.a)  # found
        db.execute(box.b)
        """,
    ),
    "SimpleNamespace": (
        "from types import SimpleNamespace",
        """
        box = SimpleNamespace(a=q, b="x")
        db.execute(box.a)  # found
        db.execute(box.b)
        box.b = q
        db.execute(box.b)  # found
        """,
    ),
    "subclass of dict": (
        """
        class Row(dict):
            def shown(self, key):
                return self[key]
        """,
        """
        row = Row()
        row["a"] = q
        row["b"] = "x"
        db.execute(row["a"])  # found
        db.execute(row["b"])
        db.execute(row.shown("a"))  # found
        db.execute(row.shown("b"))
        """,
    ),
    "subclass of dict, made with values": (
        "class Row(dict): pass",
        """
        row = Row(a=q, b="x")
        db.execute(row["a"])  # found
        db.execute(row.get("a"))  # found
        db.execute(row["b"])
        db.execute(row.get("b"))
        """,
    ),
    "subclass of list": (
        "class Rows(list): pass",
        """
        rows, others = Rows(), Rows()
        rows.append(q)
        others.append("a")
        db.execute(rows[0])  # found
        db.execute(others[0])
        """,
    ),
    "dict whose items are attributes": (
        """
        class Row(dict):
            __getattr__ = dict.__getitem__
            __setattr__ = dict.__setitem__
        """,
        """
        row = Row(a=q, b="x")
        db.execute(row.a)  # found
        db.execute(row.b)
        """,
    ),
    "branches": (
        "class Box: pass",
        """
        box = Box()
        box.a, box.b = "x", "y"
        if unknown():
            box.a = q
        db.execute(box.a)  # found
        db.execute(box.b)
        """,
    ),
    "one of two objects": (
        "class Box: pass",
        """
        one, two = Box(), Box()
        one.a, two.a = q, "x"
        some = one if unknown() else two
        db.execute(some.a)  # found
        some.a = "y"
        db.execute(one.a)  # found
        db.execute(two.a)
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), CASES.values(), ids=CASES)
def test_attributes(before: str, body: str) -> None:
    in_view(body, before)
