"""Hiking trails filtered by a JavaScript condition in MongoDB."""

import os

from flask import Flask, jsonify, render_template, request
from flask_pymongo import PyMongo

app = Flask(__name__)
app.config["MONGO_URI"] = os.environ["MONGO_URL"]
mongo = PyMongo(app)

CONDITIONS = {
    "length": "this.length_km <= {0}",
    "region": "this.region == '{0}'",
}


def javascript(args):
    terms = [CONDITIONS[name].format(args[name]) for name in CONDITIONS if args.get(name)]
    return " && ".join(terms) or "true"


@app.get("/trails")
def trails():
    found = mongo.db.trails.find({"$where": javascript(request.args)}).limit(100)  # <- weak
    names = [trail["name"] for trail in found]
    if request.accept_mimetypes.best == "application/json":
        return jsonify(names)
    return render_template("trails.html", names=names)
