"""Texts put together in every way: what a client wrote is in them, and in no other."""

from __future__ import annotations

import pytest

from tests.audit.code.flows import in_view

CASES = {
    "+": """
        db.execute("SELECT " + q)  # found
        db.execute("SELECT " + "a")
    """,
    "+=": """
        text = other = "SELECT "
        text += q
        other += "a"
        db.execute(text)  # found
        db.execute(other)
    """,
    "percent": """
        db.execute("SELECT %s, %s" % ("a", q))  # found
        db.execute("SELECT %s, %d" % ("a", 2))
        db.execute("LIMIT %d" % q)
    """,
    "percent with one value": """
        db.execute("SELECT %s" % q)  # found
        db.execute("SELECT %s" % "a")
    """,
    "percent with names": """
        db.execute("SELECT %(a)s" % {"a": q, "b": "x"})  # found
        db.execute("SELECT %(b)s" % {"a": q, "b": "x"})
    """,
    "format": """
        db.execute("SELECT {} {}".format("a", q))  # found
        db.execute("SELECT {0}".format("a", q))
        db.execute("SELECT {1}".format("a", q))  # found
    """,
    "format with names": """
        db.execute("SELECT {a}".format(a=q, b="x"))  # found
        db.execute("SELECT {b}".format(a=q, b="x"))
    """,
    "format with an item": """
        row = {"a": q, "b": "x"}
        db.execute("SELECT {row[a]}".format(row=row))  # found
        db.execute("SELECT {row[b]}".format(row=row))
        db.execute("SELECT {0[1]}".format(["a", q]))  # found
        db.execute("SELECT {0[0]}".format(["a", q]))
    """,
    "format with an attribute": """
        class Box: pass
        box = Box()
        box.a, box.b = q, "x"
        db.execute("SELECT {0.a}".format(box))  # found
        db.execute("SELECT {0.b}".format(box))
    """,
    "format with a specification": """
        db.execute("SELECT {:>10}".format(q))  # found
        db.execute("LIMIT {:d}".format(q))
        db.execute("SELECT {:{width}}".format("a", width=4))
    """,
    "format of a method kept": """
        made = "SELECT {}".format
        db.execute(made(q))  # found
        db.execute(made("a"))
    """,
    "format_map": """
        db.execute("SELECT {a}".format_map({"a": q, "b": "x"}))  # found
        db.execute("SELECT {b}".format_map({"a": q, "b": "x"}))
    """,
    "f-string": """
        db.execute(f"SELECT {q}")  # found
        db.execute(f"SELECT {'a'}")
    """,
    "f-string with an expression": """
        row = {"a": q, "b": "x"}
        db.execute(f"SELECT {row['a'].strip()}")  # found
        db.execute(f"SELECT {row['b'].strip()}")
    """,
    "f-string with !r and !s": """
        db.execute(f"SELECT {q!r}")  # found
        db.execute(f"SELECT {q!s}")  # found
        db.execute(f"SELECT {'a'!r}")
    """,
    "f-string with a specification": """
        db.execute(f"SELECT {q:>10}")  # found
        db.execute(f"SELECT {'a':>{4}}")
        db.execute(f"LIMIT {q:d}")
    """,
    "f-string in an f-string": """
        inner = f"WHERE {q}"
        db.execute(f"SELECT 1 {inner}")  # found
        inner = f"WHERE {1}"
        db.execute(f"SELECT 1 {inner}")
    """,
    "join": """
        db.execute(", ".join(["a", q]))  # found
        db.execute(", ".join(["a", "b"]))
        db.execute(q.join(["a", "b"]))  # found
    """,
    "join of marks": """
        marks = ", ".join("?" for _ in q.split(","))
        db.execute(f"SELECT 1 WHERE a IN ({marks})", q.split(","))
        db.execute(f"SELECT 1 WHERE a IN ({', '.join(q.split(','))})")  # found
    """,
    "marks multiplied": """
        marks = ",".join(["?"] * len(request.args.getlist("a")))
        db.execute("SELECT 1 WHERE a IN (%s)" % marks, request.args.getlist("a"))
        db.execute("SELECT 1 WHERE a IN (%s)" % ",".join(request.args.getlist("a")))  # found
    """,
    "multiplied": """
        db.execute(q * 2)  # found
        db.execute("a" * 2)
    """,
    "replace": """
        db.execute("SELECT NAME".replace("NAME", q))  # found
        db.execute("SELECT NAME".replace("NAME", "a"))
        db.execute(q.replace("a", "b"))  # found
    """,
    "chain of methods": """
        db.execute(q.strip().lower().replace("a", "b").title())  # found
        db.execute("A b".strip().lower().replace("a", "b").title())
    """,
    "split": """
        first, _, second = q.partition("=")
        db.execute(second)  # found
        db.execute(q.split(",")[0])  # found
        db.execute("a,b".split(",")[0])
        db.execute(q.rsplit("/", 1)[-1])  # found
    """,
    "splitlines": """
        for line in q.splitlines():
            db.execute(line)  # found
        for line in "a b".split():
            db.execute(line)
    """,
    "index and slice": """
        db.execute(q[1:])  # found
        db.execute(q[0])  # found
        db.execute("abc"[1:])
    """,
    "bytes": """
        db.execute(q.encode().decode())  # found
        db.execute(b"a".decode())
        db.execute(str(q.encode("utf-8"), "utf-8"))  # found
        db.execute(bytes(q, "utf-8").decode())  # found
    """,
    "bytearray": """
        db.execute(bytearray(q, "utf-8").decode())  # found
        db.execute(bytearray(b"a").decode())
    """,
    "Template": """
        db.execute(Template("SELECT $a").substitute(a=q))  # found
        db.execute(Template("SELECT $a").substitute(a="x"))
        db.execute(Template("SELECT $b").substitute(a=q, b="x"))
        db.execute(Template("SELECT ${a}").safe_substitute({"a": q}))  # found
        db.execute(Template("SELECT 1").safe_substitute({"a": q}))
    """,
    "StringIO": """
        out, other = io.StringIO(), io.StringIO()
        out.write("SELECT ")
        out.write(q)
        other.write("SELECT 1")
        db.execute(out.getvalue())  # found
        db.execute(other.getvalue())
    """,
    "StringIO read": """
        db.execute(io.StringIO(q).read())  # found
        db.execute(io.StringIO("a").read())
        for line in io.StringIO(q):
            db.execute(line)  # found
    """,
    "print to a StringIO": """
        out = io.StringIO()
        print("SELECT", q, file=out)
        db.execute(out.getvalue())  # found
        other = io.StringIO()
        print("SELECT", 1, file=other)
        db.execute(other.getvalue())
    """,
    "textwrap": """
        db.execute(textwrap.dedent("SELECT " + q))  # found
        db.execute(textwrap.dedent("SELECT 1"))
        db.execute(textwrap.indent(q, " "))  # found
        db.execute("\\n".join(textwrap.wrap(q)))  # found
    """,
    "regular expressions": """
        db.execute(re.sub("x", q, "axb"))  # found
        db.execute(re.sub("x", "y", "axb"))
        db.execute(re.sub("x", lambda match: q, "axb"))  # found
    """,
    "json": """
        db.execute(json.loads(q)["a"])  # found
        db.execute(json.loads('{"a": "b"}')["a"])
        db.execute(json.dumps({"a": q}))  # found
        db.execute(json.dumps({"a": "b"}))
    """,
    "json there and back": """
        row = json.loads(json.dumps({"a": q, "b": "x"}))
        db.execute(row["a"])  # found
    """,
    "base64": """
        db.execute(base64.b64decode(q).decode())  # found
        db.execute(base64.b64decode("YQ==").decode())
    """,
    "url parts": """
        db.execute(urllib.parse.unquote(q))  # found
        db.execute(urllib.parse.unquote("a%20b"))
        db.execute(urllib.parse.urlparse(q).path)  # found
        db.execute(urllib.parse.parse_qs(q)["a"][0])  # found
    """,
    "numbers": """
        db.execute(f"LIMIT {int(q)}")
        db.execute(f"LIMIT {float(q):.2f}")
        db.execute(f"LIMIT {len(q)}")
        db.execute(f"LIMIT {round(float(q))}")
        db.execute(f"LIMIT {q}")
        db.execute(f"LIMIT {request.args['other']}")  # found
    """,
    "constants are computed": """
        if "SELECT".lower()[:3] + "x" == "selx":
            db.execute(q)  # found
        if "{:03d}".format(7) == "007":
            db.execute(q)  # found
        if "%s-%d" % ("a", 2) == "a-3":
            db.execute(q)
        if len("abc") > 3 or "a" in "xyz":
            db.execute(q)
        if "a,b".split(",")[1] == "b" and "b".upper() == "B":
            db.execute(q)  # found
    """,
    "implicit text of a list": """
        db.execute(f"SELECT {['a', q]}")  # found
        db.execute(str({"a": q}))  # found
        db.execute(f"SELECT {['a', 'b']}")
    """,
    "translate and maketrans": """
        db.execute(q.translate(str.maketrans("a", "b")))  # found
        db.execute("abc".translate(str.maketrans("a", "b")))
    """,
    "shlex": """
        db.execute(shlex.split(q)[0])  # found
        db.execute(shlex.split("a b")[0])
    """,
    "csv": """
        for row in csv.reader(io.StringIO(q)):
            db.execute(row[0])  # found
        for row in csv.DictReader(io.StringIO(q)):
            db.execute(row["a"])  # found
        for row in csv.reader(io.StringIO("a,b")):
            db.execute(row[0])
    """,
}
IMPORTS = "import base64, csv, io, json, re, shlex, textwrap, urllib.parse\nfrom string import Template"


@pytest.mark.parametrize("body", CASES.values(), ids=CASES)
def test_texts(body: str) -> None:
    in_view(body, IMPORTS)
