"""Ticket pages of a museum; other museum sites may ask for a way back."""

from flask import Flask, redirect, request

from destinations import Destination

app = Flask(__name__)


@app.post("/tickets/<int:ticket>/confirm")
def confirm(ticket):
    destination = Destination(request.form.to_dict())
    match destination.kind:
        case "internal":
            return redirect(f"/tickets/{ticket}")
        case "museum":
            return redirect(destination.url)  # <- weak
        case _:
            return {"ticket": ticket, "confirmed": True}
