"""Loops: what is true after none, one or many passes, and after leaving early."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

CASES = {
    "over nothing": """
        for number in ():
            db.execute(q)
        for number in []:
            db.execute(q)
        for letter in "":
            db.execute(q)
        for letter in "a":
            db.execute(q)  # found
    """,
    "over range": """
        for number in range(0):
            db.execute(q)
        for number in range(2):
            db.execute(q)  # found
    """,
    "while False": """
        while False:
            db.execute(q)
        while 0:
            db.execute(q)
        while unknown():
            db.execute(q)  # found
    """,
    "the last value wins": """
        text = q
        for word in ["a", "b"]:
            text = word
        db.execute(text)
        for word in ["a", q]:
            text = word
        db.execute(text)  # found
        for word in [q, "a"]:
            text = word
        db.execute(text)
    """,
    "the last value of an unknown loop": """
        text = q
        for word in unknown():
            text = "a"
        db.execute(text)  # found
        text = "b"
        for word in unknown():
            text = "a"
        db.execute(text)
    """,
    "accumulated": """
        text = "SELECT "
        for word in request.args.getlist("word"):
            text += word
        db.execute(text)  # found
        other = "SELECT "
        for word in request.args.getlist("word"):
            other += "?,"
        db.execute(other)
    """,
    "accumulated in a list": """
        parts, marks = [], []
        for word in request.args.getlist("word"):
            parts.append(f"name = '{word}'")
            marks.append("name = ?")
        db.execute(" OR ".join(parts))  # found
        db.execute(" OR ".join(marks))
    """,
    "accumulated in a mapping": """
        row = {}
        for key in ("a", "b"):
            row[key] = request.args[key]
        row["c"] = "x"
        db.execute(row["b"])  # found
        db.execute(row["c"])
    """,
    "only some items are taken": """
        for key, value in (("a", "x"), ("b", q)):
            if key == "a":
                db.execute(value)
            else:
                db.execute(value)  # found
    """,
    "a filter on an index": """
        for number, value in enumerate(["x", q, "y"]):
            if number == 0:
                db.execute(value)
            elif number == 1:
                db.execute(value)  # found
            else:
                db.execute(value)
    """,
    "break before the rest": """
        for value in ["x", q]:
            break
        db.execute(value)
        for value in ["x", q]:
            pass
        db.execute(value)  # found
    """,
    "break at a known item": """
        text = q
        for value in ["x", "y"]:
            if value == "y":
                text = value
                break
        else:
            text = q
        db.execute(text)
    """,
    "break where nothing fits": """
        text = "a"
        for value in ["x", "y"]:
            if value == "z":
                break
        else:
            text = q
        db.execute(text)  # found
    """,
    "else after an unknown loop": """
        for value in unknown():
            if value:
                break
        else:
            return "no"
        db.execute(q)  # found
    """,
    "else that never comes": """
        while True:
            if unknown():
                break
        else:
            db.execute(q)
        db.execute(q)  # found
    """,
    "continue past the rest": """
        for value in unknown():
            continue
            db.execute(q)
        db.execute(q)  # found
    """,
    "return in a loop": """
        for value in ["a"]:
            return value
        db.execute(q)
    """,
    "return in an unknown loop": """
        for value in unknown():
            return value
        db.execute(q)  # found
    """,
    "raise in a loop": """
        for value in ["a"]:
            raise ValueError(value)
        db.execute(q)
    """,
    "while with a counter": """
        number, text = 0, ""
        while number < 3:
            text += "?,"
            number += 1
        db.execute(text)
        number = 0
        while number < 3:
            text += q
            number += 1
        db.execute(text)  # found
    """,
    "while with a counter that comes to an end": """
        number, words = 0, ["a", "b", q]
        while number < 2:
            db.execute(words[number])
            number += 1
        db.execute(words[number])  # found
    """,
    "while that is not entered": """
        number = 5
        while number < 3:
            db.execute(q)
        while number < 6:
            db.execute(q)  # found
            number += 1
    """,
    "while with an assignment": """
        while (word := unknown()):
            db.execute(word)
        while (word := request.args.get("word")):
            db.execute(word)  # found
            break
    """,
    "while it is not allowed": """
        word = request.args["word"]
        while word not in ("a", "b"):
            word = request.args["other"]
        db.execute(word)
        db.execute(request.args["other"])  # found
    """,
    "overwritten in each pass": """
        text = "a"
        for word in request.args.getlist("word"):
            text = word
            text = "b"
        db.execute(text)
        for word in request.args.getlist("word"):
            text = "b"
            text = word
        db.execute(text)  # found
    """,
    "a test of one item": """
        for word in request.args.getlist("word"):
            if word == "a":
                db.execute(word)
            else:
                db.execute(word)  # found
    """,
    "every item is checked": """
        words = request.args.getlist("word")
        for word in words:
            if word not in ("a", "b"):
                return "no"
        db.execute(", ".join(words))
        db.execute(q)  # found
    """,
    "every item is checked by a helper": """
        def check(word):
            if word not in ("a", "b"):
                raise ValueError(word)
        words = request.args.getlist("word")
        for word in words:
            check(word)
        db.execute(", ".join(words))
    """,
    "the first item is checked": """
        words = request.args.getlist("word")
        for word in words:
            if word not in ("a", "b"):
                return "no"
            break
        db.execute(", ".join(words))  # found
    """,
    "some items are checked": """
        words = request.args.getlist("word")
        for word in words:
            if unknown():
                continue
            if word not in ("a", "b"):
                return "no"
        db.execute(", ".join(words))  # found
    """,
    "only good items are kept": """
        kept = []
        for word in request.args.getlist("word"):
            if word in ("a", "b"):
                kept.append(word)
        db.execute(", ".join(kept))
        for word in request.args.getlist("word"):
            if word not in ("a", "b"):
                kept.append(word)
        db.execute(", ".join(kept))  # found
    """,
    "a nested loop": """
        for key in ("a", "b"):
            for word in request.args.getlist(key):
                db.execute(word)  # found
            for word in ("x", "y"):
                db.execute(word)
    """,
    "break of the inner loop": """
        text = "a"
        for key in ("a", "b"):
            for word in ("x", "y"):
                break
            else:
                text = q
        db.execute(text)
        for key in ("a", "b"):
            for word in ("x", "y"):
                continue
            else:
                text = q
        db.execute(text)  # found
    """,
    "reversed and zip": """
        for one, other in zip(["a", "b"], [q, "x"]):
            if one == "a":
                db.execute(other)  # found
            else:
                db.execute(other)
        for last in reversed(["a", q]):
            break
        db.execute(last)  # found
    """,
    "a mapping": """
        for key, value in {"a": "x", "b": q}.items():
            if key == "a":
                db.execute(value)
            if key == "b":
                db.execute(value)  # found
            db.execute(key)
    """,
    "comprehensions": """
        db.execute(", ".join("?" for word in request.args.getlist("word")))
        db.execute(", ".join(word for word in request.args.getlist("word")))  # found
        db.execute(", ".join(key for key in {"a": q}))
        db.execute(", ".join(str(int(word)) for word in request.args.getlist("word")))
        db.execute(", ".join([word for word in ["a", q] if word == "a"]))
    """,
}


@pytest.mark.parametrize("body", CASES.values(), ids=CASES)
def test_loops(body: str) -> None:
    in_view(body)
