"""Delivery alerts of a grocer that are sent as raw messages with Amazon SES."""

import boto3
from flask import Flask, g, jsonify, request

app = Flask(__name__)

RAW = """From: alerts@grocer.example
To: {to}
Subject: Your delivery {number}: {status}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Your delivery changed its status.
"""


@app.before_request
def ses_client():
    g.ses = boto3.client("ses", region_name="eu-central-1")


def html_free(text):
    return text.replace("<", "").replace(">", "").strip()


def raw_message(number, status, to="dispatch@grocer.example"):
    return RAW.format(to=to, number=number, status=html_free(status))


@app.post("/deliveries/<int:number>/status")
def set_status(number):
    status = request.form.get("status", "packed")
    data = raw_message(number, status)
    g.ses.send_raw_email(Source="alerts@grocer.example", RawMessage={"Data": data})  # <- weak
    return jsonify(number=number, status=status)
