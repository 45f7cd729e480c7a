"""Lost property office of a railway: finders are written to through the local sendmail."""

import re
import subprocess
from string import Template

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
LETTER = Template("To: lost@rail.example\nReply-To: $reply_to\nSubject: Found item, train $train\n\n$text\n")


def valid_address(address):
    return bool(ADDRESS.match(address))


def hand_over(letter):
    subprocess.run(["/usr/sbin/sendmail", "-t", "-oi"], input=letter, text=True, timeout=20)  # <- weak


@app.post("/found")
@limiter.limit("10 per hour")
def found():
    report = request.get_json(silent=True) or {}
    reply_to = str(report.get("address", ""))
    if not valid_address(reply_to):
        return jsonify(error="please give us your address"), 422
    train = int(report.get("train", 0))
    hand_over(LETTER.substitute(reply_to=reply_to, train=train, text=str(report.get("text", ""))))
    return jsonify(ok=True), 202
