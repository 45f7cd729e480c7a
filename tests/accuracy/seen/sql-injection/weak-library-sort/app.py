"""Catalogue listing of a small lending library with client-side sort headers."""

from flask import Flask, jsonify, request

from catalogue import CatalogueQuery, open_catalogue

app = Flask(__name__)


@app.get("/books")
def list_books():
    query = CatalogueQuery(
        shelf=request.args.get("shelf", "fiction"),
        order=request.args.get("order", "title"),
        descending=request.args.get("dir") == "desc",
    )
    with open_catalogue() as catalogue:
        rows = catalogue.run(query)
    return jsonify([dict(row) for row in rows])
