"""What comparisons prove of a client's text, and where they prove nothing."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_files, in_view

MEMBERSHIP = {
    "a set": (
        "ALLOWED = {'a', 'b'}",
        """
        if q in ALLOWED:
            db.execute(q)
        else:
            db.execute(q)  # found
        """,
    ),
    "a list": (
        "ALLOWED = ['a', 'b']",
        """
        if q not in ALLOWED:
            db.execute(q)  # found
            return "no"
        db.execute(q)
        """,
    ),
    "a tuple in place": (
        "",
        """
        if q in ("a", "b"):
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "the keys of a mapping": (
        "COLUMNS = {'name': 1, 'date': 2}",
        """
        if q in COLUMNS:
            db.execute(q)
        if q in COLUMNS.keys():
            db.execute(q)
        if q in COLUMNS.values():
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "a frozenset": (
        "ALLOWED = frozenset({'a', 'b'})\nMORE = frozenset(['a']) | {'c'}",
        """
        if q in ALLOWED:
            db.execute(q)
        if q in MORE:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "a set that is made": (
        "ALLOWED = set('a b c'.split())\nOTHERS = sorted({'a', 'b'})\nKEYS = tuple({'a': 1})",
        """
        if q in ALLOWED:
            db.execute(q)
        if q in OTHERS:
            db.execute(q)
        if q in KEYS:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "an attribute of a class": (
        "class Settings:\n    SORTS = ('a', 'b')",
        """
        if q in Settings.SORTS:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "the values of an Enum": (
        "from enum import Enum\nclass Sort(Enum):\n    NAME = 'name'\n    DATE = 'date'\n"
        "VALUES = {one.value for one in Sort}",
        """
        if q in VALUES:
            db.execute(q)
        if q in [one.value for one in Sort]:
            db.execute(q)
        if q in Sort.__members__:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "a value of the configuration": (
        "app.config['SORTS'] = ['a', 'b']",
        """
        if q in app.config["SORTS"]:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "a configuration that is not in the code": (
        "from flask import current_app",
        """
        if q not in current_app.config["SORTS"]:
            return "no"
        db.execute(q)
        """,
    ),
    "a container of the client": (
        "",
        """
        given = request.args.getlist("allowed")
        if q in given:
            db.execute(q)  # found
        if q in [request.args["other"], "a"]:
            db.execute(q)  # found
        """,
    ),
    "the client's JSON": (
        "",
        """
        if q in request.get_json()["allowed"]:
            db.execute(q)  # found
        """,
    ),
    "part of a text": (
        "",
        """
        if "admin" in q:
            db.execute(q)  # found
        if "'" not in q:
            db.execute(q)  # found
        """,
    ),
    "part of the code's own text": (
        "",
        """
        if q in "abc":
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "raise": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED:
            raise ValueError(q)
        db.execute(q)
        """,
    ),
    "abort": (
        "from flask import abort\nALLOWED = {'a', 'b'}",
        """
        if not q in ALLOWED:
            abort(400)
        db.execute(q)
        """,
    ),
    "a default": (
        "ALLOWED = {'a', 'b'}",
        """
        other = q
        if q not in ALLOWED:
            q = "a"
        db.execute(q)
        """,
    ),
    "a default in place": (
        "ALLOWED = {'a', 'b'}",
        """
        db.execute(q if q in ALLOWED else "a")
        db.execute(q if q not in ALLOWED else "a")  # found
        """,
    ),
    "continue": (
        "ALLOWED = {'a', 'b'}",
        """
        for word in request.args.getlist("word"):
            if word not in ALLOWED:
                continue
            db.execute(word)
        for word in request.args.getlist("word"):
            if word in ALLOWED:
                continue
            db.execute(word)  # found
        """,
    ),
    "a list of many": (
        "ALLOWED = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']",
        """
        if q in ALLOWED:
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
}

EQUALITY = {
    "equal to a constant": (
        "",
        """
        if q == "a":
            db.execute(q)
        elif q != "b":
            db.execute(q)  # found
        else:
            db.execute(q)
        """,
    ),
    "a constant equal to it": (
        "NAME = 'a'",
        """
        if NAME == q:
            db.execute(q)
        if NAME != q:
            db.execute(q)  # found
        """,
    ),
    "one of two": (
        "",
        """
        if q == "a" or q == "b":
            db.execute(q)
        if q == "a" or unknown():
            db.execute(q)  # found
        """,
    ),
    "none of two": (
        "",
        """
        if q != "a" and q != "b":
            return "no"
        db.execute(q)
        """,
    ),
    "equal to another value of the client": (
        "",
        """
        if q == request.args["other"]:
            db.execute(q)  # found
        """,
    ),
    "is None": (
        "",
        """
        text = request.args.get("text")
        if text is None:
            db.execute(text)
        else:
            db.execute(text)  # found
        """,
    ),
    "is not None": (
        "",
        """
        text = request.args.get("text")
        if text is not None:
            db.execute(text)  # found
        """,
    ),
    "a chain": (
        "",
        """
        if "a" == q == "a":
            db.execute(q)
        if 1 < len(q) < 20:
            db.execute(q)  # found
        """,
    ),
    "a chain of constants": (
        "LEVEL = 3",
        """
        if 1 < LEVEL < 3:
            db.execute(q)
        if 1 < LEVEL <= 3:
            db.execute(q)  # found
        """,
    ),
    "order": (
        "",
        """
        if "a" < q < "b":
            db.execute(q)  # found
        """,
    ),
    "length": (
        "",
        """
        if len(q) > 10:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "length of nothing": (
        "",
        """
        if len(q) == 0:
            db.execute(q)
        if not len(q):
            db.execute(q)
        if len(q) == 4:
            db.execute(q)  # found
        """,
    ),
    "empty": (
        "",
        """
        if q == "":
            db.execute(q)
        if not q:
            db.execute(q)
        if q:
            db.execute(q)  # found
        """,
    ),
}

FORMS = {
    "not in": (
        "ALLOWED = {'a', 'b'}",
        """
        if not (q not in ALLOWED):
            db.execute(q)
        if not q in ALLOWED:
            db.execute(q)  # found
        """,
    ),
    "a double negation": (
        "ALLOWED = {'a', 'b'}",
        """
        if not not q in ALLOWED:
            db.execute(q)
        if not not (q not in ALLOWED):
            db.execute(q)  # found
        """,
    ),
    "kept in a name": (
        "ALLOWED = {'a', 'b'}",
        """
        ok = q in ALLOWED
        if not ok:
            return "no"
        db.execute(q)
        """,
    ),
    "kept in a name and not asked": (
        "ALLOWED = {'a', 'b'}",
        """
        ok = q in ALLOWED
        db.execute(q)  # found
        """,
    ),
    "kept in a name and asked the wrong way": (
        "ALLOWED = {'a', 'b'}",
        """
        ok = q in ALLOWED
        if ok:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "kept in two names": (
        "ALLOWED = {'a', 'b'}",
        """
        known = q in ALLOWED
        ok = known and unknown()
        if ok:
            db.execute(q)
        bad = not known
        if bad:
            db.execute(q)  # found
        else:
            db.execute(q)
        """,
    ),
    "and": (
        "ALLOWED = {'a', 'b'}",
        """
        if q in ALLOWED and unknown():
            db.execute(q)
        if unknown() and q in ALLOWED:
            db.execute(q)
        if unknown() and q not in ALLOWED:
            db.execute(q)  # found
        """,
    ),
    "or that leaves": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED or unknown():
            return "no"
        db.execute(q)
        """,
    ),
    "or that lets in": (
        "ALLOWED = {'a', 'b'}",
        """
        if q in ALLOWED or unknown():
            db.execute(q)  # found
        """,
    ),
    "and that leaves": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED and unknown():
            return "no"
        db.execute(q)  # found
        """,
    ),
    "De Morgan": (
        "ALLOWED = {'a', 'b'}",
        """
        if not (q in ALLOWED and unknown()):
            return "no"
        db.execute(q)
        """,
    ),
    "De Morgan of or": (
        "ALLOWED = {'a', 'b'}",
        """
        if not (q in ALLOWED or unknown()):
            return "no"
        db.execute(q)  # found
        """,
    ),
    "De Morgan of two refusals": (
        "ALLOWED = {'a', 'b'}",
        """
        if not (q not in ALLOWED or unknown()):
            db.execute(q)
        if not (q not in ALLOWED and unknown()):
            db.execute(q)  # found
        """,
    ),
    "in both alternatives": (
        "A = {'a', 'b'}\nB = {'c', 'd'}",
        """
        if q in A or q in B:
            db.execute(q)
        if q not in A and q not in B:
            db.execute(q)  # found
            return "no"
        db.execute(q)
        """,
    ),
    "two values": (
        "A = {'a', 'b'}",
        """
        other = request.args["other"]
        if q in A and other in A:
            db.execute(q + other)
        if q in A or other in A:
            db.execute(q + other)  # found
        if q not in A or other not in A:
            return "no"
        db.execute(q + other)
        """,
    ),
    "walrus": (
        "ALLOWED = {'a', 'b'}",
        """
        if (word := request.args["word"]) in ALLOWED:
            db.execute(word)
        else:
            db.execute(word)  # found
        if (ok := q in ALLOWED) and ok:
            db.execute(q)
        """,
    ),
    "compared with True": (
        "ALLOWED = {'a', 'b'}",
        """
        if (q in ALLOWED) is True:
            db.execute(q)
        if (q in ALLOWED) == False:
            db.execute(q)  # found
        else:
            db.execute(q)
        if bool(q in ALLOWED):
            db.execute(q)
        """,
    ),
    "assert": (
        "ALLOWED = {'a', 'b'}",
        """
        assert q in ALLOWED
        db.execute(q)
        """,
    ),
    "assert the opposite": (
        "ALLOWED = {'a', 'b'}",
        """
        assert q not in ALLOWED
        db.execute(q)  # found
        """,
    ),
    "all of several": (
        "ALLOWED = {'a', 'b'}",
        """
        if all([q in ALLOWED, unknown()]):
            db.execute(q)
        if any([q in ALLOWED, unknown()]):
            db.execute(q)  # found
        """,
    ),
    "any of equals": (
        "ALLOWED = ['a', 'b']",
        """
        if any(q == one for one in ALLOWED):
            db.execute(q)
        if not any(q == one for one in ALLOWED):
            db.execute(q)  # found
        if all(q != one for one in ALLOWED):
            return "no"
        db.execute(q)
        """,
    ),
    "any of what the client sent": (
        "",
        """
        if any(q == one for one in request.args.getlist("allowed")):
            db.execute(q)  # found
        """,
    ),
    "next of equals": (
        "ALLOWED = ['a', 'b']",
        """
        word = next((one for one in ALLOWED if one == q), None)
        if word is None:
            db.execute(q)  # found
            return "no"
        db.execute(word)
        """,
    ),
    "all words of a list": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        if not all(word in ALLOWED for word in words):
            db.execute(", ".join(words))  # found
            return "no"
        db.execute(", ".join(words))
        for word in words:
            db.execute(word)
        """,
    ),
    "any word of a list": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        if not any(word in ALLOWED for word in words):
            return "no"
        db.execute(", ".join(words))  # found
        """,
    ),
    "a subset": (
        "ALLOWED = {'a', 'b'}",
        """
        words = set(request.args.getlist("word"))
        if not words <= ALLOWED:
            db.execute(", ".join(words))  # found
            return "no"
        db.execute(", ".join(words))
        """,
    ),
    "issubset": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        if not set(words).issubset(ALLOWED):
            return "no"
        db.execute(", ".join(words))
        """,
    ),
    "what is left over": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        if set(words) - ALLOWED:
            return "no"
        db.execute(", ".join(words))
        """,
    ),
    "kept by a comprehension": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        db.execute(", ".join([word for word in words if word in ALLOWED]))
        db.execute(", ".join([word for word in words if word not in ALLOWED]))  # found
        """,
    ),
    "an intersection": (
        "ALLOWED = {'a', 'b'}",
        """
        words = request.args.getlist("word")
        db.execute(", ".join(set(words) & ALLOWED))
        db.execute(", ".join(ALLOWED.intersection(words)))
        db.execute(", ".join(set(words) | ALLOWED))  # found
        """,
    ),
}

PROVES_NOTHING = {
    "a check of another variable": (
        "ALLOWED = {'a', 'b'}",
        """
        other = request.args["other"]
        if other not in ALLOWED:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "a check whose result is ignored": (
        "ALLOWED = {'a', 'b'}",
        """
        q in ALLOWED
        db.execute(q)  # found
        """,
    ),
    "a check that goes on": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED:
            print("not allowed", q)
        db.execute(q)  # found
        """,
    ),
    "a check after the use": (
        "ALLOWED = {'a', 'b'}",
        """
        db.execute(q)  # found
        if q not in ALLOWED:
            return "no"
        """,
    ),
    "a check in only one branch": (
        "ALLOWED = {'a', 'b'}",
        """
        if unknown():
            if q not in ALLOWED:
                return "no"
        db.execute(q)  # found
        """,
    ),
    "a check in both branches": (
        "ALLOWED = {'a', 'b'}",
        """
        if unknown():
            if q not in ALLOWED:
                return "no"
        else:
            if q != "c":
                return "no"
        db.execute(q)
        """,
    ),
    "a check in a loop over something else": (
        "ALLOWED = {'a', 'b'}",
        """
        for word in unknown():
            if q not in ALLOWED:
                return "no"
        db.execute(q)  # found
        """,
    ),
    "negated wrongly": (
        "ALLOWED = {'a', 'b'}",
        """
        if q in ALLOWED:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "assigned again after the check": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED:
            return "no"
        q = request.args["other"]
        db.execute(q)  # found
        """,
    ),
    "appended to after the check": (
        "ALLOWED = {'a', 'b'}",
        """
        if q not in ALLOWED:
            return "no"
        db.execute(q)
        q += request.args["other"]
        db.execute(q)  # found
        """,
    ),
    "a changed copy is checked": (
        "ALLOWED = {'a', 'b'}",
        """
        word = q.replace("'", "")
        if word not in ALLOWED:
            return "no"
        db.execute(word)
        db.execute("SELECT a FROM t ORDER BY " + q)  # perhaps
        """,
    ),
    "a part is checked": (
        "ALLOWED = {'a', 'b'}",
        """
        if q[0] not in ALLOWED:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "the first word is checked": (
        "ALLOWED = {'a', 'b'}",
        """
        word = q.split()[0]
        if word not in ALLOWED:
            return "no"
        db.execute(word)
        db.execute(q)  # found
        """,
    ),
    "a lower-case copy is checked": (
        "ALLOWED = {'a', 'b'}",
        """
        if q.lower() not in ALLOWED:
            return "no"
        db.execute(q)
        """,
    ),
    "a stripped copy is checked": (
        "ALLOWED = {'a', 'b'}",
        """
        if q.strip() not in ALLOWED:
            return "no"
        db.execute(q)
        """,
    ),
    "stripped before the check": (
        "ALLOWED = {'a', 'b'}",
        """
        word = q.strip().lower()
        if word in ALLOWED:
            db.execute(word)
        else:
            db.execute(word)  # found
        """,
    ),
    "copies share a proof": (
        "ALLOWED = {'a', 'b'}",
        """
        copy = q
        text = "ORDER BY " + q
        if copy not in ALLOWED:
            db.execute(text)  # found
            return "no"
        db.execute(q)
        db.execute(text)
        """,
    ),
    "read again": (
        "ALLOWED = {'a', 'b'}",
        """
        if request.args["word"] not in ALLOWED:
            return "no"
        db.execute(request.args["word"])
        db.execute(request.args["q"])  # found
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), MEMBERSHIP.values(), ids=MEMBERSHIP)
def test_membership(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), EQUALITY.values(), ids=EQUALITY)
def test_equality_and_order(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), FORMS.values(), ids=FORMS)
def test_forms_of_a_check(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), PROVES_NOTHING.values(), ids=PROVES_NOTHING)
def test_where_a_check_counts(before: str, body: str) -> None:
    in_view(body, before)


def test_a_list_of_another_module_is_known() -> None:
    in_files(
        {
            "app.py": """
                from settings import SORTS
                import settings

                @app.route("/")
                def view():
                    q = request.args["q"]
                    if q in SORTS or q in settings.MORE:
                        db.execute(q)
                    if q not in SORTS:
                        db.execute(q)  # found
                    return "-"
            """,
            "settings.py": "SORTS = ('a', 'b')\nMORE = [*SORTS, 'c']\n",
        }
    )
