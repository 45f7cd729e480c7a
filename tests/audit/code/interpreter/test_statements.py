"""``try``, ``with``, ``return`` and the rest: which way control goes, and what holds on it."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

TRY = {
    "a conversion that raises": (
        "from flask import abort",
        """
        try:
            int(q)
        except ValueError:
            abort(400)
        db.execute("LIMIT " + q)
        """,
    ),
    "a conversion whose failure is ignored": (
        "",
        """
        try:
            int(q)
        except ValueError:
            pass
        db.execute("LIMIT " + q)  # found
        """,
    ),
    "a conversion whose failure is logged": (
        "",
        """
        try:
            int(q)
        except ValueError:
            print("no number")
        db.execute("LIMIT " + q)  # found
        """,
    ),
    "a default in the handler": (
        "",
        """
        try:
            limit = int(q)
        except ValueError:
            limit = 10
        db.execute(f"LIMIT {limit}")
        try:
            limit = int(q)
        except ValueError:
            limit = q
        db.execute(f"LIMIT {limit}")  # found
        """,
    ),
    "the handler sees what the body did": (
        "",
        """
        text = "a"
        try:
            text = q
            unknown()
            text = "b"
        except ValueError:
            db.execute(text)  # found
        db.execute("a")
        """,
    ),
    "overwritten in the body": (
        "",
        """
        text = q
        try:
            text = "a"
        finally:
            unknown()
        db.execute(text)
        """,
    ),
    "overwritten in the handler alone": (
        "",
        """
        text = q
        try:
            unknown()
        except ValueError:
            text = "a"
        db.execute(text)  # found
        """,
    ),
    "overwritten in finally": (
        "",
        """
        text = q
        try:
            db.execute(text)  # found
        except ValueError:
            db.execute("a")
        finally:
            text = "a"
        db.execute(text)
        """,
    ),
    "tainted in finally": (
        "",
        """
        text = "a"
        try:
            db.execute(text)
        finally:
            text = q
        db.execute(text)  # found
        """,
    ),
    "else": (
        "",
        """
        try:
            number = int(q)
        except ValueError:
            text = "a"
        else:
            text = q
        db.execute(text)
        try:
            number = unknown()
        except ValueError:
            text = "a"
        else:
            text = q
        db.execute(text)  # found
        """,
    ),
    "return in the body": (
        "",
        """
        try:
            return unknown()
        except ValueError:
            text = q
        db.execute(text)  # found
        """,
    ),
    "return in every part": (
        "",
        """
        try:
            return unknown()
        except ValueError:
            return "no"
        db.execute(q)
        """,
    ),
    "return in else": (
        "",
        """
        try:
            unknown()
        except ValueError:
            pass
        else:
            return "a"
        db.execute(q)  # found
        """,
    ),
    "return in finally": (
        "",
        """
        try:
            unknown()
        finally:
            return "a"
        db.execute(q)
        """,
    ),
    "finally runs after return": (
        "",
        """
        try:
            return "a"
        finally:
            db.execute(q)  # found
        """,
    ),
    "finally runs after a return in one branch": (
        "",
        """
        text = "a"
        try:
            if unknown():
                text = q
                return "a"
        finally:
            db.execute(text)  # found
        db.execute(text)
        """,
    ),
    "finally runs after raise": (
        "",
        """
        text = "a"
        try:
            text = q
            raise ValueError("no")
        finally:
            db.execute(text)  # found
        db.execute(text)
        """,
    ),
    "raise again": (
        "",
        """
        try:
            int(q)
        except ValueError:
            raise
        db.execute("LIMIT " + q)
        """,
    ),
    "raise another": (
        "",
        """
        try:
            int(q)
        except ValueError as error:
            raise RuntimeError("no") from error
        db.execute("LIMIT " + q)
        """,
    ),
    "several handlers": (
        "",
        """
        try:
            int(q)
        except ValueError:
            return "no"
        except TypeError:
            pass
        db.execute("LIMIT " + q)  # found
        try:
            int(q)
        except (ValueError, TypeError):
            return "no"
        db.execute("LIMIT " + q)
        """,
    ),
    "a look-up that raises": (
        "COLUMNS = {'a': 'name', 'b': 'date'}",
        """
        try:
            column = COLUMNS[q]
        except KeyError:
            return "no"
        db.execute("ORDER BY " + column)
        db.execute("ORDER BY " + q)
        """,
    ),
    "a look-up whose failure gives the text": (
        "COLUMNS = {'a': 'name', 'b': 'date'}",
        """
        try:
            column = COLUMNS[q]
        except KeyError:
            column = q
        db.execute("ORDER BY " + column)  # found
        """,
    ),
    "an index that raises": (
        "COLUMNS = ['a', 'b']",
        """
        try:
            COLUMNS.index(q)
        except ValueError:
            return "no"
        db.execute("ORDER BY " + q)
        """,
    ),
    "a check inside of try": (
        "ALLOWED = {'a', 'b'}",
        """
        try:
            if q not in ALLOWED:
                raise ValueError("no")
        except ValueError:
            return "no"
        db.execute(q)
        """,
    ),
    "a check inside of try that is swallowed": (
        "ALLOWED = {'a', 'b'}",
        """
        try:
            if q not in ALLOWED:
                raise ValueError("no")
        except ValueError:
            pass
        db.execute(q)  # found
        """,
    ),
    "a helper that raises inside of try": (
        "ALLOWED = {'a', 'b'}\ndef check(word):\n    if word not in ALLOWED:\n        raise ValueError('no')",
        """
        try:
            check(q)
        except ValueError:
            return "no"
        db.execute(q)
        """,
    ),
    "a helper that raises and is swallowed": (
        "ALLOWED = {'a', 'b'}\ndef check(word):\n    if word not in ALLOWED:\n        raise ValueError('no')",
        """
        try:
            check(q)
        except ValueError:
            pass
        db.execute(q)  # found
        """,
    ),
    "nested": (
        "",
        """
        try:
            try:
                int(q)
            except ValueError:
                raise
        except Exception:
            return "no"
        db.execute("LIMIT " + q)
        """,
    ),
    "nothing behind a body that always raises": (
        "",
        """
        try:
            raise ValueError("no")
            db.execute(q)
        except ValueError:
            db.execute(q)  # found
        else:
            db.execute(q)
        """,
    ),
    "a group of exceptions": (
        "",
        """
        try:
            int(q)
        except* ValueError:
            text = "a"
        else:
            text = q
        db.execute(text)
        db.execute(q)  # found
        """,
    ),
    "the loop goes on after a failure": (
        "",
        """
        for word in request.args.getlist("word"):
            try:
                int(word)
            except ValueError:
                continue
            db.execute("LIMIT " + word)
        for word in request.args.getlist("word"):
            try:
                int(word)
            except ValueError:
                pass
            db.execute("LIMIT " + word)  # found
        """,
    ),
}

WITH = {
    "suppress swallows the failure of a check": (
        "from contextlib import suppress",
        """
        with suppress(ValueError):
            int(q)
        db.execute("LIMIT " + q)  # found
        """,
    ),
    "another manager does not": (
        "import threading\nlock = threading.Lock()",
        """
        with lock:
            int(q)
        db.execute("LIMIT " + q)
        """,
    ),
    "suppress goes on behind a raise": (
        "from contextlib import suppress",
        """
        with suppress(ValueError):
            raise ValueError("no")
            db.execute(q)
        db.execute(q)  # found
        """,
    ),
    "another manager does not go on behind a raise": (
        "import threading\nlock = threading.Lock()",
        """
        with lock:
            raise ValueError("no")
        db.execute(q)
        """,
    ),
    "a manager of the project that swallows": (
        "class Ignored:\n    def __enter__(self):\n        return self\n    def __exit__(self, *error):\n"
        "        return True",
        """
        with Ignored():
            int(q)
        db.execute("LIMIT " + q)  # found
        """,
    ),
    "a manager of the project that does not": (
        "class Kept:\n    def __enter__(self):\n        return self\n    def __exit__(self, *error):\n"
        "        return False",
        """
        with Kept():
            int(q)
        db.execute("LIMIT " + q)
        """,
    ),
    "return inside": (
        "import threading\nlock = threading.Lock()",
        """
        with lock:
            if unknown():
                return "no"
            else:
                return "a"
        db.execute(q)
        """,
    ),
    "overwritten inside": (
        "import threading\nlock = threading.Lock()",
        """
        text = q
        with lock:
            text = "a"
        db.execute(text)
        with lock:
            text = q
        db.execute(text)  # found
        """,
    ),
}

FLAGS = {
    "a flag that is cleared": (
        "ALLOWED = {'a', 'b'}",
        """
        ok = True
        if q not in ALLOWED:
            ok = False
        if ok:
            db.execute(q)
        else:
            db.execute(q)  # found
        """,
    ),
    "a flag that is set": (
        "ALLOWED = {'a', 'b'}",
        """
        bad = False
        if q not in ALLOWED:
            bad = True
        if bad:
            return "no"
        db.execute(q)
        """,
    ),
    "a flag of something else": (
        "ALLOWED = {'a', 'b'}",
        """
        bad = False
        if unknown():
            bad = True
        if bad:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "a flag that is asked the wrong way": (
        "ALLOWED = {'a', 'b'}",
        """
        ok = True
        if q not in ALLOWED:
            ok = False
        if not ok:
            db.execute(q)  # found
        """,
    ),
    "an error that stays None": (
        "ALLOWED = {'a', 'b'}",
        """
        error = None
        if not q:
            error = "missing"
        elif q not in ALLOWED:
            error = "not allowed"
        if error is None:
            db.execute(q)
        else:
            db.execute(q)  # found
        """,
    ),
    "an error that is not about it": (
        "",
        """
        error = None
        if not q:
            error = "missing"
        elif not unknown():
            error = "not allowed"
        if error is None:
            db.execute(q)  # found
        """,
    ),
    "errors in a list": (
        "ALLOWED = {'a', 'b'}",
        """
        errors = []
        if q not in ALLOWED:
            errors.append("not allowed")
        if errors:
            return ", ".join(errors)
        db.execute(q)
        """,
    ),
    "errors of several values in a list": (
        "ALLOWED = {'a', 'b'}",
        """
        other = request.args["other"]
        errors = []
        if q not in ALLOWED:
            errors.append("not allowed")
        if other not in ALLOWED:
            errors.append("not allowed either")
        if not errors:
            db.execute(q + other)
        else:
            db.execute(q + other)  # found
        """,
    ),
    "errors in a list that is not asked": (
        "ALLOWED = {'a', 'b'}",
        """
        errors = []
        if q not in ALLOWED:
            errors.append("not allowed")
        db.execute(q)  # found
        """,
    ),
    "errors in a list about something else": (
        "ALLOWED = {'a', 'b'}",
        """
        errors = []
        if request.args["other"] not in ALLOWED:
            errors.append("not allowed")
        if errors:
            return "no"
        db.execute(q)  # found
        """,
    ),
    "errors in a mapping": (
        "ALLOWED = {'a', 'b'}",
        """
        errors = {}
        if q not in ALLOWED:
            errors["q"] = "not allowed"
        if errors:
            return errors
        db.execute(q)
        """,
    ),
    "errors in a mapping about something else": (
        "ALLOWED = {'a', 'b'}",
        """
        errors = {}
        if request.args["other"] not in ALLOWED:
            errors["other"] = "not allowed"
        if errors:
            return errors
        db.execute(q)  # found
        """,
    ),
    "a flag set by a loop": (
        "ALLOWED = ['a', 'b']",
        """
        found = False
        for one in ALLOWED:
            if one == q:
                found = True
                break
        if not found:
            return "no"
        db.execute(q)
        """,
    ),
    "a flag set by a failure": (
        "",
        """
        try:
            int(q)
            ok = True
        except ValueError:
            ok = False
        if ok:
            db.execute("LIMIT " + q)
        else:
            db.execute("LIMIT " + q)  # found
        """,
    ),
}


@pytest.mark.parametrize(("before", "body"), TRY.values(), ids=TRY)
def test_try(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), WITH.values(), ids=WITH)
def test_with(before: str, body: str) -> None:
    in_view(body, before)


@pytest.mark.parametrize(("before", "body"), FLAGS.values(), ids=FLAGS)
def test_flags_and_lists_of_errors(before: str, body: str) -> None:
    in_view(body, before)
