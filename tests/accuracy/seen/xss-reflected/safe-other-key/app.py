"""Status page of a ski lift, which counts the visitors of each source campaign."""

import logging

from flask import Flask, make_response, request

app = Flask(__name__)
log = logging.getLogger("lift")

LIFTS = [("Valley", True), ("Summit", False)]


def visit_details():
    details = {"page": "Lift status", "campaign": request.args.get("campaign", "none")}
    details["columns"] = ["Lift", "Open"]
    if request.args.get("compact"):
        details["page"] = "Lifts"
    return details


def table(details):
    head = "".join(f"<th>{column}</th>" for column in details["columns"])
    body = "".join(f"<tr><td>{name}</td><td>{'yes' if is_open else 'no'}</td></tr>" for name, is_open in LIFTS)
    return f"<h1>{details['page']}</h1><table><tr>{head}</tr>{body}</table>"


@app.get("/lifts")
def lifts():
    details = visit_details()
    log.info("visit from %r", details["campaign"])
    return make_response(table(details))  # <- safe
