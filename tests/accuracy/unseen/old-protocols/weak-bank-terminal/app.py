"""Request of the day's balance from the terminal host of a card acquirer."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, login_required

from acquirer import TerminalHost

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
hosts = {
    "restaurant": TerminalHost("cards-a.acquirer.example", 9443, generation="current"),
    "kiosk": TerminalHost("cards-b.acquirer.example", 9444, generation="first"),
}


@app.get("/balance/<any(restaurant, kiosk):till>")
@login_required
def balance(till):
    cents = hosts[till].balance(os.environ["TERMINAL_PIN"])
    return jsonify(till=till, cents=cents)
