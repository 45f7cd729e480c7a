"""Lists, dictionaries, sets and what behaves like them: items are told apart, and changes are seen by every alias."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

LISTS = {
    "index": """
        items = ["a", q]
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "negative index": """
        items = [q, "a", "b"]
        db.execute(items[-3])  # found
        db.execute(items[-1])
    """,
    "nested": """
        rows = [["a", q], ["b", "c"]]
        db.execute(rows[0][1])  # found
        db.execute(rows[1][1])
        db.execute(rows[0][0])
    """,
    "append and pop": """
        items = []
        items.append("a")
        items.append(q)
        db.execute(items[1])  # found
        last = items.pop()
        db.execute(last)  # found
        db.execute(items[0])
        db.execute(items[-1])
    """,
    "pop at a position": """
        items = ["a", q, "b"]
        items.pop(0)
        db.execute(items[0])  # found
        db.execute(items[1])
    """,
    "insert": """
        items = ["a", "b"]
        items.insert(0, q)
        db.execute(items[0])  # found
        db.execute(items[1])
    """,
    "insert in front moves the others": """
        items = [q]
        items.insert(0, "a")
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "overwritten": """
        items = [q, "a"]
        db.execute(items[0])  # found
        items[0] = "b"
        db.execute(items[0])
    """,
    "assigned by index": """
        items = ["a", "b"]
        items[1] = q
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "deleted": """
        items = ["a", q, "b"]
        del items[0]
        db.execute(items[0])  # found
        db.execute(items[1])
    """,
    "deleted client's item": """
        items = [q, "a"]
        del items[0]
        db.execute(items[0])
    """,
    "slice": """
        items = ["a", q, "b"]
        db.execute(items[1:][0])  # found
        db.execute(items[:1][0])
        db.execute(items[2:][0])
    """,
    "slice backwards": """
        items = ["a", "b", q]
        db.execute(items[::-1][0])  # found
        db.execute(items[::-1][1])
    """,
    "slice assigned": """
        items = ["a", "b", "c"]
        items[1:2] = [q]
        db.execute(items[1])  # found
        db.execute(items[0])
        db.execute(items[2])
    """,
    "slice deleted": """
        items = [q, q, "a"]
        db.execute(items[0])  # found
        del items[0:2]
        db.execute(items[0])
    """,
    "unpacking": """
        first, second = "a", q
        db.execute(second)  # found
        db.execute(first)
    """,
    "unpacking with a star": """
        first, *middle, last = ["a", "b", q, "c"]
        db.execute(middle[1])  # found
        db.execute(middle[0])
        db.execute(first)
        db.execute(last)
    """,
    "unpacking with a star in front": """
        *others, last = ["a", "b", q]
        db.execute(last)  # found
        db.execute(others[0])
        db.execute(others[1])
    """,
    "nested unpacking": """
        (a, (b, c)), d = ("a", ("b", q)), "d"
        db.execute(c)  # found
        db.execute(b)
        db.execute(d)
    """,
    "swap": """
        first, second = "a", q
        first, second = second, first
        db.execute(first)  # found
        db.execute(second)
    """,
    "star in a display": """
        items = ["a", *["b", q], "c"]
        db.execute(items[2])  # found
        db.execute(items[1])
        db.execute(items[3])
    """,
    "sum of lists": """
        items = ["a"] + [q] + ["b"]
        db.execute(items[1])  # found
        db.execute(items[0])
        db.execute(items[2])
    """,
    "multiplied": """
        items = [q] * 2
        db.execute(items[1])  # found
        others = ["a"] * 2
        db.execute(others[1])
    """,
    "extend": """
        items = ["a"]
        items.extend(["b", q])
        db.execute(items[2])  # found
        db.execute(items[1])
    """,
    "alias": """
        items = ["a"]
        other = items
        other.append(q)
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "alias overwritten": """
        items = [q]
        other = items
        db.execute(other[0])  # found
        items[0] = "a"
        db.execute(other[0])
    """,
    "augmented list is seen by an alias": """
        items = ["a"]
        other = items
        items += [q]
        db.execute(other[1])  # found
        db.execute(other[0])
    """,
    "augmented text is not seen by a copy": """
        text = "a"
        other = text
        text += q
        db.execute(text)  # found
        db.execute(other)
    """,
    "augmented tuple is not seen by a copy": """
        items = ("a",)
        other = items
        items += (q,)
        db.execute(items[1])  # found
        db.execute("".join(other))
    """,
    "copy": """
        items = [q]
        other = items.copy()
        items[0] = "a"
        db.execute(other[0])  # found
        db.execute(items[0])
    """,
    "list() copies": """
        items = ["a"]
        other = list(items)
        other.append(q)
        db.execute(other[1])  # found
        db.execute("".join(items))
    """,
    "slice copies": """
        items = ["a"]
        other = items[:]
        other[0] = q
        db.execute(other[0])  # found
        db.execute(items[0])
    """,
    "shallow copy shares what is inside": """
        rows = [["a"]]
        other = rows.copy()
        other[0][0] = q
        db.execute(rows[0][0])  # found
        whole = [["a"]]
        deep = copy.deepcopy(whole)
        deep[0][0] = q
        db.execute(whole[0][0])
    """,
    "cleared": """
        items = [q]
        db.execute(items[0])  # found
        items.clear()
        items.append("a")
        db.execute(items[0])
    """,
    "reverse": """
        items = [q, "a"]
        items.reverse()
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "remove of a constant": """
        items = ["a", q, "b"]
        items.remove("a")
        db.execute(items[0])  # found
        others = ["a", "b"]
        others.remove("a")
        db.execute(others[0])
    """,
    "sort of what is clean": """
        items = ["b", q]
        items.sort()
        db.execute(items[0])  # found
        others = ["b", "a"]
        others.sort()
        db.execute(others[0])
    """,
    "in a loop": """
        items = []
        others = []
        for word in ["a", "b"]:
            items.append(word + q)
            others.append(word)
        db.execute(items[0])  # found
        db.execute(others[0])
    """,
    "item of a loop over some": """
        for item in ["a", q]:
            db.execute(item)  # found
        for item in ["a", "b"]:
            db.execute(item)
    """,
    "tuple": """
        pair = ("a", q)
        db.execute(pair[1])  # found
        db.execute(pair[0])
    """,
    "set": """
        some = {"a", q}
        for item in some:
            db.execute(item)  # found
        for item in {"a", "b"}:
            db.execute(item)
    """,
    "set operations": """
        some = set()
        some.add(q)
        for item in some | {"a"}:
            db.execute(item)  # found
        for item in {"a"}.union({"b"}):
            db.execute(item)
        for item in {"a"}.union(some):
            db.execute(item)  # found
    """,
    "deque": """
        queue = collections.deque(["a"])
        queue.append(q)
        queue.appendleft("b")
        db.execute(queue.pop())  # found
        db.execute(queue.popleft())
        db.execute(queue[0])
    """,
    "appendleft": """
        queue = collections.deque(["a"])
        queue.appendleft(q)
        db.execute(queue[0])  # found
        db.execute(queue[1])
    """,
    "queue": """
        waiting = queue.Queue()
        waiting.put(q)
        db.execute(waiting.get())  # found
        other = queue.Queue()
        other.put("a")
        db.execute(other.get())
    """,
    "enumerate": """
        for number, item in enumerate(["a", q]):
            db.execute(item)  # found
            db.execute(f"LIMIT {number}")
    """,
    "zip": """
        for first, second in zip(["a", "b"], ["c", q]):
            db.execute(second)  # found
            db.execute(first)
    """,
    "zip of unknown length": """
        for first, second in zip(request.args.getlist("x"), names()):
            db.execute(first)  # found
            db.execute(second)
    """,
    "comprehension": """
        items = [word + q for word in ["a", "b"]]
        db.execute(items[0])  # found
        others = [word.upper() for word in ["a", "b"]]
        db.execute(others[0])
    """,
    "comprehension keeps places": """
        items = [word.strip() for word in ["a", q]]
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "comprehension filters": """
        items = [word for word in ["a", q] if word]
        db.execute(items[-1])  # found
        others = [word for word in ["a", "b"] if word != "a"]
        db.execute(others[0])
    """,
    "nested comprehension": """
        items = [word for row in [["a"], [q]] for word in row]
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "names of a comprehension stay inside": """
        word = "a"
        items = [word for word in [q]]
        db.execute(items[0])  # found
        db.execute(word)
    """,
    "reversed": """
        items = list(reversed(["a", q]))
        db.execute(items[0])  # found
        db.execute(items[1])
    """,
    "chain": """
        items = list(itertools.chain(["a"], [q]))
        db.execute(items[1])  # found
        db.execute(items[0])
    """,
    "branches": """
        items = ["a", "b"]
        if unknown():
            items[0] = q
        db.execute(items[0])  # found
        db.execute(items[1])
    """,
    "index that is not known": """
        items = ["a", q]
        db.execute(items[unknown()])  # found
        others = ["a", "b"]
        db.execute(others[unknown()])
    """,
    "counted index": """
        items = ["a", q]
        number = 0
        number += 1
        db.execute(items[number])  # found
        db.execute(items[number - 1])
    """,
}

DICTS = {
    "key": """
        row = {"a": "x", "b": q}
        db.execute(row["b"])  # found
        db.execute(row["a"])
    """,
    "nested": """
        row = {"user": {"name": q, "role": "x"}, "page": ["a", q]}
        db.execute(row["user"]["name"])  # found
        db.execute(row["page"][1])  # found
        db.execute(row["user"]["role"])
        db.execute(row["page"][0])
    """,
    "assigned": """
        row = {}
        row["a"] = q
        row["b"] = "x"
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "overwritten": """
        row = {"a": q}
        db.execute(row["a"])  # found
        row["a"] = "x"
        db.execute(row["a"])
    """,
    "nested, assigned": """
        row = {"a": {}}
        row["a"]["b"] = q
        row["a"]["c"] = "x"
        db.execute(row["a"]["b"])  # found
        db.execute(row["a"]["c"])
    """,
    "get": """
        row = {"a": q, "b": "x"}
        db.execute(row.get("a"))  # found
        db.execute(row.get("b"))
        db.execute(row.get("c", "y"))
    """,
    "default of get": """
        row = {"a": "x"}
        db.execute(row.get("b", q))  # found
        db.execute(row.get("a", q))
    """,
    "computed key": """
        row = {"ab": q, "ac": "x"}
        key = "a"
        db.execute(row[key + "b"])  # found
        db.execute(row[f"{key}c"])
    """,
    "number as key": """
        row = {1: q, 2: "x"}
        db.execute(row[1])  # found
        db.execute(row[2])
    """,
    "tuple as key": """
        row = {("a", 1): q, ("a", 2): "x"}
        db.execute(row["a", 1])  # found
        db.execute(row["a", 2])
    """,
    "deleted": """
        row = {"a": q, "b": "x"}
        del row["a"]
        db.execute(row["b"])
        db.execute(" ".join(row.values()))
    """,
    "pop": """
        row = {"a": q, "b": "x"}
        db.execute(row.pop("a"))  # found
        db.execute(row.pop("b"))
        db.execute(row.get("a", "y"))
    """,
    "pop with a default": """
        row = {}
        db.execute(row.pop("a", q))  # found
        db.execute(row.pop("a", "x"))
    """,
    "setdefault": """
        row = {"a": "x"}
        db.execute(row.setdefault("b", q))  # found
        db.execute(row["b"])  # found
        db.execute(row.setdefault("a", q))
        db.execute(row["a"])
    """,
    "setdefault of a list": """
        row = {}
        row.setdefault("a", []).append(q)
        row.setdefault("b", []).append("x")
        db.execute(row["a"][0])  # found
        db.execute(row["b"][0])
    """,
    "update": """
        row = {"a": q}
        row.update({"b": q}, c="x")
        db.execute(row["b"])  # found
        db.execute(row["c"])
        row.update(a="y")
        db.execute(row["a"])
    """,
    "update by pairs": """
        row = {}
        row.update([("a", q), ("b", "x")])
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "merged": """
        row = {"a": "x"} | {"b": q}
        db.execute(row["b"])  # found
        db.execute(row["a"])
    """,
    "merged, the later wins": """
        row = {"a": q} | {"a": "x"}
        db.execute(row["a"])
        other = {"a": "x"} | {"a": q}
        db.execute(other["a"])  # found
    """,
    "merged in place, an alias sees it": """
        row = {"a": "x"}
        other = row
        row |= {"b": q}
        db.execute(other["b"])  # found
        db.execute(other["a"])
    """,
    "spread": """
        row = {"c": "x", **{"a": q, "b": "y"}}
        db.execute(row["a"])  # found
        db.execute(row["b"])
        db.execute(row["c"])
    """,
    "spread, the later wins": """
        row = {**{"a": q}, "a": "x"}
        db.execute(row["a"])
        other = {"a": "x", **{"a": q}}
        db.execute(other["a"])  # found
    """,
    "dict()": """
        row = dict({"a": q}, b="x")
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "dict() of pairs": """
        row = dict([("a", q), ("b", "x")])
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "dict() of zip": """
        row = dict(zip(["a", "b"], [q, "x"]))
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "fromkeys": """
        row = dict.fromkeys(["a", "b"], q)
        db.execute(row["a"])  # found
        other = dict.fromkeys(["a", "b"], "x")
        db.execute(other["a"])
    """,
    "copy": """
        row = {"a": "x"}
        other = row.copy()
        other["a"] = q
        db.execute(other["a"])  # found
        db.execute(row["a"])
    """,
    "alias": """
        row = {"a": "x"}
        other = row
        other["a"] = q
        db.execute(row["a"])  # found
        row["a"] = "y"
        db.execute(other["a"])
    """,
    "items": """
        for key, value in {"a": q}.items():
            db.execute(value)  # found
            db.execute(key)
    """,
    "values": """
        for value in {"a": q}.values():
            db.execute(value)  # found
        for value in {"a": "x"}.values():
            db.execute(value)
    """,
    "keys": """
        for key in {q: "x"}:
            db.execute(key)  # found
        for key in {"a": q}:
            db.execute(key)
        for key in {"a": q}.keys():
            db.execute(key)
    """,
    "a client's key, a clean value": """
        row = {q: "x"}
        for key, value in row.items():
            db.execute(key)  # found
            db.execute(value)
    """,
    "comprehension": """
        row = {key: key + q for key in ["a", "b"]}
        db.execute(row["a"])  # found
        other = {key: key for key in ["a", "b"]}
        db.execute(other["a"])
    """,
    "comprehension keeps keys": """
        row = {key: value.strip() for key, value in {"a": q, "b": "x"}.items()}
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "defaultdict": """
        row = collections.defaultdict(list)
        row["a"].append(q)
        row["b"].append("x")
        db.execute(row["a"][0])  # found
        db.execute(row["b"][0])
    """,
    "OrderedDict": """
        row = collections.OrderedDict()
        row["a"] = q
        row["b"] = "x"
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "ConfigParser": """
        config = configparser.ConfigParser()
        config.add_section("main")
        config.set("main", "a", q)
        config.set("main", "b", "x")
        db.execute(config.get("main", "a"))  # found
        db.execute(config.get("main", "b"))
    """,
    "ConfigParser, other section": """
        config = configparser.ConfigParser()
        config["one"] = {"a": q}
        config["two"] = {"a": "x"}
        db.execute(config["one"]["a"])  # found
        db.execute(config["two"]["a"])
        db.execute(config.get("one", "a"))  # found
        db.execute(config.get("two", "a"))
    """,
    "branches": """
        row = {"a": "x", "b": "y"}
        if unknown():
            row["a"] = q
        else:
            row["b"] = "z"
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "branches replaced": """
        row = {"a": q}
        if unknown():
            row["a"] = "x"
        else:
            row["a"] = "y"
        db.execute(row["a"])
    """,
    "key that is not known": """
        row = {"a": "x"}
        row[unknown()] = q
        db.execute(row["c"])  # found
        other = {"a": q}
        db.execute(other[unknown()])  # found
    """,
    "popitem": """
        key, value = {"a": q}.popitem()
        db.execute(value)  # found
        db.execute(key)
    """,
    "membership": """
        row = {"a": "x"}
        if "a" in row:
            db.execute(row["a"])
        if "b" in row:
            db.execute(q)
        db.execute(q)  # found
    """,
    "ChainMap": """
        row = collections.ChainMap({"a": q}, {"b": "x"})
        db.execute(row["a"])  # found
        db.execute(row["b"])
    """,
    "Counter": """
        counts = collections.Counter([q])
        for word, number in counts.most_common(3):
            db.execute(word)  # found
        for word in collections.Counter(["a"]):
            db.execute(word)
    """,
}
MODULES = "import collections, configparser, copy, itertools, queue"


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_sequences(body: str) -> None:
    in_view(body, MODULES)


@pytest.mark.parametrize("body", DICTS.values(), ids=DICTS)
def test_mappings(body: str) -> None:
    in_view(body, MODULES)
