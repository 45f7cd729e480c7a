"""Queue display of a passport office, where a number opens its details."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask, render_template, request

app = Flask(__name__)


@dataclass(frozen=True)
class Ticket:
    number: int
    desk: UUID
    name: str


def tickets(desk, numbers, name):
    return [Ticket(number=number, desk=desk, name=name) for number in numbers]


@app.get("/desks/<uuid:desk>/tickets")
def queue(desk):
    numbers = request.args.getlist("n", type=int)
    name = request.args.get("name", "")
    return render_template("queue.html", tickets=tickets(desk, numbers, name))
