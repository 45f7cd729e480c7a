"""Report endpoints of a ticket system, built on a small report class hierarchy."""

from flask import Flask, jsonify, request

from reports import OpenTickets, TicketsByAgent

app = Flask(__name__)
REPORTS = {"open": OpenTickets, "agent": TicketsByAgent}


@app.post("/reports/<kind>")
def report(kind):
    report_class = REPORTS.get(kind)
    if report_class is None:
        return jsonify(error="unknown report"), 404
    options = request.get_json(silent=True) or {}
    return jsonify(rows=report_class(**options).rows())
