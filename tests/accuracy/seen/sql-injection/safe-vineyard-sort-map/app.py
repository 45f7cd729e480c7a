"""Wine list of a vineyard shop with sortable columns."""

import os
import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)

SORTS = {
    "name": "label COLLATE NOCASE",
    "price": "price_cents",
    "vintage": "vintage DESC, label",
}


class WineList:
    def __init__(self, sort_key, grape):
        self.order_by = SORTS.get(sort_key, SORTS["name"])
        self.grape = grape

    def fetch(self):
        sql = "SELECT id, label, vintage, price_cents FROM wine WHERE grape LIKE ? ORDER BY " + self.order_by
        connection = sqlite3.connect(os.environ["WINE_DB"])
        try:
            return connection.execute(sql, (f"%{self.grape}%",)).fetchall()  # <- safe
        finally:
            connection.close()


@app.get("/wines")
def wines():
    listing = WineList(request.args.get("sort", "name"), request.args.get("grape", ""))
    return jsonify([{"id": row[0], "label": row[1], "vintage": row[2], "price": row[3]} for row in listing.fetch()])
