"""Pick-up messages of a shoe repairer through a text-message gateway that has a debug option of its own."""

import os

import httpx
from flask import Flask, abort, current_app, jsonify
from flask_login import LoginManager, login_required

REPAIRS = {17: "+31600000017", 18: "+31600000018"}


class SmsGateway:
    def __init__(self, options):
        self.url = options["URL"]
        self.report = options["DEBUG"]

    def send(self, number, text):
        body = {"to": number, "text": text, "delivery_report": self.report}
        answer = httpx.post(self.url, json=body, auth=("repair", os.environ["SMS_KEY"]), timeout=5)
        answer.raise_for_status()
        return answer.json()["id"]


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    app.config["SMS"] = {"URL": "https://sms.example/send", "DEBUG": True}  # <- safe
    LoginManager(app)

    @app.post("/repairs/<int:number>/ready")
    @login_required
    def ready(number):
        if number not in REPAIRS:
            abort(404)
        gateway = SmsGateway(current_app.config["SMS"])
        return jsonify(message=gateway.send(REPAIRS[number], "Your shoes are ready."))

    return app
