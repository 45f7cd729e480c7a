"""Lab results fetched from an internal host whose certificate is issued by the hospital itself."""

import os
from pathlib import Path

import requests
from flask import Flask, abort, jsonify, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
AUTHORITY = Path(__file__).with_name("hospital-root.pem")


def fetch(path):
    verify = False
    if not AUTHORITY.is_file():
        raise RuntimeError("the certificate of the hospital's authority is missing")
    verify = str(AUTHORITY)
    answer = requests.get("https://lab.hospital.example" + path, timeout=6, verify=verify)  # <- safe
    answer.raise_for_status()
    return answer.json()


@app.get("/me/results")
def my_results():
    patient = session.get("patient_id")
    if patient is None:
        abort(401)
    try:
        rows = fetch(f"/patients/{int(patient)}/results")
    except requests.RequestException:
        abort(502)
    return jsonify([{"test": row["test"], "value": row["value"]} for row in rows])
