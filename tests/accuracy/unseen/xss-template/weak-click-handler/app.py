"""Seat plan of a concert hall with a button for every seat that is still free."""

import os

from flask import Flask, g, render_template, request

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
HALLS = {"main": ["A1", "A2", "B1"], "chamber": ["1", "2", "3"]}


@app.before_request
def read_voucher():
    g.voucher = request.args.get("voucher") or request.cookies.get("voucher", "")


@app.context_processor
def booking_context():
    return {"booking": {"voucher": g.voucher, "group": request.args.get("group", 1, type=int)}}


@app.get("/halls/<any(main, chamber):hall>/seats")
def seats(hall):
    return render_template("seats.html", hall=hall, seats=HALLS[hall])
