"""Appointment reminders of a physiotherapist with a freely worded text."""

from datetime import datetime

from flask import Flask, abort, jsonify, request

app = Flask(__name__)


class Reminder:
    placeholders = ("name", "day", "time")

    def __init__(self, wording):
        self.wording = wording

    def format(self, **values):
        text = self.wording
        for name in self.placeholders:
            text = text.replace("{" + name + "}", str(values.get(name, "")))
        return text


@app.post("/reminders/preview")
def preview():
    body = request.get_json()
    try:
        when = datetime.fromisoformat(body["when"])
    except (KeyError, TypeError, ValueError):
        abort(400)
    reminder = Reminder(str(body.get("wording", "See you on {day}")))
    text = reminder.format(name=body.get("name"), day=f"{when:%A}", time=f"{when:%H:%M}")  # <- safe
    return jsonify(text=text)
