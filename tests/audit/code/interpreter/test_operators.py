"""Operators: computed as Python computes them, and what they leave of a client's text."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

NUMBERS = {
    "arithmetic": "2 * 3 + 4 - 1 == 9",
    "division": "7 // 2 == 3 and 7 % 2 == 1 and 8 / 2 == 4",
    "power": "2 ** 10 == 1024",
    "bits": "6 & 3 == 2 or (6 & 3) == 2",
    "shift": "1 << 4 == 16",
    "or and xor of bits": "(5 | 2) == 7 and (5 ^ 1) == 4",
    "negative": "-3 < 0 and ~0 == -1 and +3 == 3",
    "comparison": "3 >= 3 > 2 != 1",
    "chain": "1 < 2 < 3",
    "texts": "'a' + 'b' == 'ab' and 'a' * 3 == 'aaa'",
    "order of texts": "'a' < 'b'",
    "part of a text": "'b' in 'abc' and 'd' not in 'abc'",
    "percent": "'%s-%d' % ('a', 2) == 'a-2'",
    "f-string": "f'{1 + 1}-{\"a\"}' == '2-a'",
    "upper": "'a'.upper() == 'A' and ' a '.strip() == 'a'",
    "replace": "'a-b'.replace('-', '_') == 'a_b'",
    "join": "'-'.join(['a', 'b']) == 'a-b'",
    "split": "'a,b'.split(',')[1] == 'b'",
    "startswith": "'abc'.startswith('ab') and not 'abc'.endswith('b')",
    "isdigit": "'12'.isdigit() and not 'a1'.isdigit()",
    "int": "int('12') == 12 and str(12) == '12'",
    "length": "len('abc') == 3 and len([1, 2]) == 2 and len({'a': 1}) == 1",
    "index": "'abc'[1] == 'b' and [1, 2][-1] == 2 and (1, 2)[0] == 1",
    "slice": "'abc'[1:] == 'bc' and 'abc'[:2] == 'ab'",
    "membership": "2 in [1, 2] and 'a' in {'a': 1} and 3 not in (1, 2)",
    "is": "None is None and None is not False",
    "not": "not False and not '' and not 0",
    "and and or": "(0 or 5) == 5 and (1 and 2) == 2",
    "ternary": "('a' if 1 < 2 else 'b') == 'a'",
    "isinstance": "isinstance(1, int) and isinstance('a', str) and not isinstance('a', (int, float))",
    "isinstance of a container": "isinstance([], list) and not isinstance({}, list) and isinstance((), tuple)",
    "bool": "bool('a') and not bool('')",
    "min and max": "max(1, 3) == 3 and min([4, 2]) == 2",
    "sum": "sum([1, 2, 3]) == 6",
    "abs and round": "abs(-3) == 3",
    "any and all": "any([False, True]) and all([True, 1]) and not any([]) and all([])",
    "ord and chr": "ord('a') == 97 and chr(97) == 'a'",
    "sorted": "sorted([3, 1])[0] == 1",
    "truth of containers": "[0] and (0,) and {'a': 0} and {0}",
    "equal containers": "[1, 2] == [1, 2] and (1, 2) != (1, 3)",
    "tuple order": "(3, 11) >= (3, 9)",
    "find": "'abc'.find('c') == 2 and 'abc'.count('a') == 1",
}

CARRIED = {
    "a number added to a text": """
        db.execute(q + "a")  # found
        db.execute("a" + "b")
    """,
    "a text repeated": """
        db.execute(q * 2)  # found
        db.execute("?, " * 3)
        db.execute("?, " * len(q))
    """,
    "or with a constant": """
        db.execute(q or "a")  # found
        db.execute(("a" if q else "b") or q)
    """,
    "and with a constant": """
        db.execute(unknown() and q)  # found
        db.execute(q and "a")
    """,
    "or of two texts": """
        other = request.args.get("other") or "a"
        db.execute(other)  # found
        third = "a" or request.args["other"]
        db.execute(third)
    """,
    "not": """
        db.execute(str(not q))
        db.execute(str(q))  # found
    """,
    "a comparison is no text": """
        db.execute(str(q == "a"))
        db.execute(f"{q in ('a', 'b')}")
        db.execute(f"{q}")  # found
    """,
    "a number of it": """
        db.execute("LIMIT " + str(len(q)))
        db.execute("LIMIT " + str(q))  # found
        db.execute("LIMIT " + str(int(q)))
    """,
    "a difference of sets": """
        words = set(request.args.getlist("word"))
        db.execute(", ".join(words - {"a"}))  # found
        db.execute(", ".join({"a"} - words))
    """,
    "an intersection of sets": """
        words = set(request.args.getlist("word"))
        others = set(request.args.getlist("other"))
        db.execute(", ".join(words & others))  # found
        db.execute(", ".join(words & {"a", "b"}))
        db.execute(", ".join({"a", "b"} & words))
    """,
    "a union of sets": """
        words = set(request.args.getlist("word"))
        db.execute(", ".join(words | {"a"}))  # found
        db.execute(", ".join({"b"} | {"a"}))
    """,
    "mappings united": """
        row = {"a": "x"} | {"b": q}
        db.execute(row["b"])  # found
        db.execute(row["a"])
    """,
    "lists added": """
        words = ["a"] + [q]
        db.execute(words[1])  # found
        db.execute(words[0])
    """,
    "a list repeated": """
        db.execute(", ".join(["?"] * 3))
        db.execute(", ".join([q] * 3))  # found
        db.execute(", ".join(["?"] * len(q)))
    """,
    "unary minus": """
        db.execute(f"{q}")  # found
        db.execute(f"{-int(q)}")
    """,
    "in-place operators": """
        text = "a"
        text *= 3
        db.execute(text)
        text += q
        db.execute(text)  # found
        number = 1
        number -= int(q)
        db.execute(f"LIMIT {number}")
    """,
    "percent in place": """
        text = "SELECT %s"
        text %= q
        db.execute(text)  # found
        text = "LIMIT %d"
        text %= int(q)
        db.execute(text)
    """,
}


@pytest.mark.parametrize("test", NUMBERS.values(), ids=NUMBERS)
def test_constants_are_computed(test: str) -> None:
    assert eval(test)  # noqa: S307 - the cases above, as Python itself computes them
    in_view(f"if {test}:\n    db.execute(q)  # found\nelse:\n    db.execute(q)")


@pytest.mark.parametrize("body", CARRIED.values(), ids=CARRIED)
def test_what_operators_carry(body: str) -> None:
    in_view(body)
