"""Recipes of a cooking circle, in which cooks may use a few tags in the steps."""

import os

import nh3
from flask import Flask, abort, g, jsonify, request
from markupsafe import Markup
from psycopg import connect
from psycopg.rows import dict_row

app = Flask(__name__)

ALLOWED = {"b", "i", "em", "strong", "ul", "ol", "li", "p"}


def db():
    if "conn" not in g:
        g.conn = connect(os.environ["DATABASE_URL"], row_factory=dict_row)
    return g.conn


def formatted(source):
    return Markup(nh3.clean(source, tags=ALLOWED, attributes={}))  # <- safe


@app.post("/recipes")
def add_recipe():
    body = request.get_json()
    row = (
        db()
        .execute("INSERT INTO recipe (name, steps) VALUES (%s, %s) RETURNING id", (body["name"], body["steps"]))
        .fetchone()
    )
    db().commit()
    return jsonify(id=row["id"]), 201


@app.get("/recipes/<int:recipe_id>")
def recipe(recipe_id):
    row = db().execute("SELECT name, steps FROM recipe WHERE id = %s", (recipe_id,)).fetchone()
    if row is None:
        abort(404)
    return Markup("<h1>{}</h1>").format(row["name"]) + formatted(row["steps"])
