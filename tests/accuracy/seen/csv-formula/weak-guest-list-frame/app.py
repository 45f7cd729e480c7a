"""Guest list of a banquet hall that is downloaded by the caterer."""

import os

from flask import Flask, Response, request, session

from guests import GuestList

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
parties = {}


@app.post("/party/guests")
def add_guest():
    party = parties.setdefault(session.get("party", 0), GuestList())
    party.add(**{key: request.form.get(key, "") for key in ("name", "diet", "table")})
    return {"guests": len(party.guests)}, 201


@app.get("/party/guests.csv")
def download():
    party = parties.get(session.get("party", 0), GuestList())
    headers = {"Content-Disposition": "attachment; filename=guests.csv"}
    return Response(party.to_csv(), mimetype="text/csv", headers=headers)
