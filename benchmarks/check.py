"""How long ``garrison check`` takes for an application of 100 routes, bare and guarded, with nobody and with one user.

    python benchmarks/check.py [--routes N] [--json FILE]

Writes an application into a temporary folder and checks it there, as the command does: a child process, the audit, the
requests, the judgement. Markdown goes to standard output. The application does next to nothing itself, so this is what
Garrison costs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from flask_garrison.check import check_app
from flask_garrison.findings import Report
from flask_garrison.target.users import User

HEAD = """
from flask import Flask, abort, redirect, render_template, request, session

app = Flask(__name__)
app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"

@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST" and request.form["password"] == "benchmark":
        session["user"] = request.form["name"]
        return redirect("/private/0")
    return '<form method="post"><input name="name"><input name="password" type="password"></form>'
"""
GUARD = """
from flask_garrison import Garrison
Garrison(app, hosts=["shop.example"])
"""
# Of ten routes: four pages, two with arguments, one behind the login, one JSON, two that take POST.
ROUTES = """
@app.get("/page/{n}")
def page_{n}():
    return render_template("page.html", number={n})

@app.get("/list/{n}")
def list_{n}():
    return render_template("page.html", number={n})

@app.get("/about/{n}")
def about_{n}():
    return render_template("page.html", number={n})

@app.get("/help/{n}")
def help_{n}():
    return render_template("page.html", number={n})

@app.get("/item/{n}/<int:item>")
def item_{n}(item):
    return render_template("page.html", number=item)

@app.get("/tag/{n}/<name>")
def tag_{n}(name):
    return render_template("page.html", number=name)

@app.get("/private/{n}")
def private_{n}():
    return render_template("page.html", number={n}) if "user" in session else redirect("/login")

@app.get("/api/{n}")
def api_{n}():
    return {{"number": {n}}}

@app.route("/edit/{n}", methods=["GET", "POST"])
def edit_{n}():
    return render_template("page.html", number={n})

@app.post("/buy/{n}")
def buy_{n}():
    return redirect("/")
"""
PAGE = """<!doctype html>
<html lang="en"><title>Page {{ number }}</title>
<p>Page {{ number }}: <a href="/page/1">one</a> <a href="/item/1/42">two</a></p>
<script>document.title += "!"</script>
</html>
"""


def write_app(folder: Path, routes: int, *, guarded: bool) -> None:
    """Write an application with so many routes, its login apart."""
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text(PAGE)
    body = "".join(ROUTES.format(n=number) for number in range(routes // 10))
    (folder / "shop.py").write_text(HEAD + (GUARD if guarded else "") + body)


def measure(routes: int, *, guarded: bool, users: list[User]) -> Report:
    """Check the application once, in a folder of its own."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        write_app(Path(name), routes, guarded=guarded)
        os.chdir(name)
        try:
            return check_app("shop:app", users=users)
        finally:
            os.chdir(before)


def main() -> int:
    """Run everything; return the exit status."""
    parser = argparse.ArgumentParser(description="How long garrison check takes.")
    parser.add_argument("--routes", type=int, default=100, help="in tens")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    options = parser.parse_args()
    ada = User(name="ada", password="benchmark")
    rows = []
    for guarded in (False, True):
        for users in ([], [ada]):
            report = measure(options.routes, guarded=guarded, users=users)
            rows.append(
                {
                    "guarded": guarded,
                    "users": len(users),
                    "routes": report.looked_at["routes"],
                    "answers": report.looked_at["answers"],
                    "rules": len(report.rules),
                    "not_checked": len(report.not_checked),
                    "seconds": round(report.seconds, 2),
                }
            )
            print(f"measured {rows[-1]}", file=sys.stderr, flush=True)
    print("| Application | Users | Routes | Answers | Rules | Not checked | Seconds |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        words = "guarded" if row["guarded"] else "bare"
        print(
            f"| {words} | {row['users']} | {row['routes']} | {row['answers']} | {row['rules']} "
            f"| {row['not_checked']} | {row['seconds']:.2f} |"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
