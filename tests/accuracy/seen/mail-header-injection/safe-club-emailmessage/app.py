"""Messages to the board of a rowing club, built with the e-mail package."""

import os
import smtplib
from email.message import EmailMessage

from flask import Blueprint, Flask, abort, jsonify, request

board = Blueprint("board", __name__)


class BoardMail:
    def __init__(self, **headers):
        self.message = EmailMessage()
        for name, value in headers.items():
            self.message[name] = value

    def send(self, text):
        self.message.set_content(text)
        with smtplib.SMTP(os.environ["SMTP_HOST"]) as smtp:
            smtp.send_message(self.message)  # <- safe


@board.post("/board/messages")
def write_to_board():
    body = request.get_json()
    try:
        mail = BoardMail(From="web@rowing.example", To="board@rowing.example", Subject=str(body.get("subject", "-")))
    except ValueError:
        abort(400)
    mail.send(str(body.get("text", "")))
    return jsonify(sent=True), 202


def create_app():
    app = Flask(__name__)
    app.register_blueprint(board)
    return app
