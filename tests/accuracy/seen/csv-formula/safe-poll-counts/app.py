"""Results of a poll among tenants, as numbers per answer."""

import csv
import io
from collections import Counter

from flask import Flask, Response, abort, jsonify, request

app = Flask(__name__)
ANSWERS = ("yes", "no", "undecided")
votes = []


def recorded(answer, remark):
    if answer not in ANSWERS:
        abort(400)
    return {"answer": answer, "remark": remark}


@app.post("/votes")
def vote():
    votes.append(recorded(request.form.get("answer"), request.form.get("remark", "")))
    return jsonify(votes=len(votes)), 201


@app.get("/votes.csv")
def results():
    counter = Counter(item["answer"] for item in votes)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["answer", "votes"])
    for answer, number in counter.most_common():
        writer.writerow([answer, number])  # <- safe
    return Response(out.getvalue(), mimetype="text/csv")
