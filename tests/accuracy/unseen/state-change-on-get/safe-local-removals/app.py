"""Search of a second-hand car market that edits nothing but its own filter list."""

import os

import psycopg
from flask import Flask, jsonify, request
from psycopg.rows import dict_row

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class Filters(dict):
    """Filters of one search; removing and adding is done on this object only."""

    COLUMNS = {"make": "make = %(make)s", "fuel": "fuel = %(fuel)s", "below": "cents < %(below)s"}

    def delete(self, name):
        self.pop(name, None)
        return self

    def save(self, name, value):
        self[name] = value
        return self

    def condition(self):
        parts = [sql for name, sql in self.COLUMNS.items() if name in self]
        return " AND ".join(parts) or "TRUE"


@app.get("/cars/remove-filter/<any(make, fuel, below):name>")
def remove_filter(name):  # <- safe
    filters = Filters()
    for key in Filters.COLUMNS.keys() & request.args.keys():
        filters.save(key, request.args[key] if key != "below" else request.args.get(key, 0, type=int))
    filters.delete(name)
    with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
        connection.read_only = True
        query = f"SELECT make, fuel, cents FROM cars WHERE {filters.condition()} ORDER BY cents LIMIT 50"
        found = connection.execute(query, filters).fetchall()
    return jsonify(filters=filters, cars=found)


@app.get("/cars/makes")
def makes():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return jsonify([make for (make,) in connection.execute("SELECT DISTINCT make FROM cars ORDER BY make")])
