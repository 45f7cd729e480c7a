"""Comparison of two rota files for the volunteers of a food bank."""

import os
from functools import partial

import yaml
from flask import Flask, render_template, request

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

FLAVOURS = {"fast": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "plain": yaml.SafeLoader}
parse = partial(yaml.load, Loader=FLAVOURS["fast"])


def shifts(text):
    rota = parse(text)  # <- safe
    if not isinstance(rota, dict):
        return {}
    return {str(day): {str(name) for name in names or ()} for day, names in rota.items()}


def difference(old, new):
    for day in sorted(old.keys() | new.keys()):
        before, after = old.get(day, set()), new.get(day, set())
        if before != after:
            yield {"day": day, "gone": sorted(before - after), "come": sorted(after - before)}


@app.route("/rota/compare", methods=["GET", "POST"])
def compare():
    changes, problem = [], None
    if request.method == "POST":
        try:
            changes = list(difference(shifts(request.form["old"]), shifts(request.form["new"])))
        except (yaml.YAMLError, TypeError):
            problem = "One of the two rotas is not valid."
    return render_template("compare.html", changes=changes, problem=problem)
