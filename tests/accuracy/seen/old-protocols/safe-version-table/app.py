"""Exchange of manifests with a port authority that names the TLS version in its profile."""

import json
import os
import ssl
import urllib.request

from flask import Flask, abort, jsonify

from profiles import PROFILES

app = Flask(__name__)
VERSIONS = {
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


def context_for(profile):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.minimum_version = VERSIONS[profile.get("tls", "1.2")]  # <- safe
    return context


def ask(profile, path):
    question = urllib.request.Request("https://" + profile["host"] + path)
    question.add_header("X-Port-Key", os.environ["PORT_KEY"])
    with urllib.request.urlopen(question, timeout=8, context=context_for(profile)) as answer:
        return json.load(answer)


@app.get("/ports/<name>/manifests/<int:number>")
def manifest(name, number):
    profile = PROFILES.get(name)
    if profile is None:
        abort(404)
    body = ask(profile, f"/manifests/{number}")
    return jsonify(vessel=body["vessel"], crates=len(body["crates"]))
