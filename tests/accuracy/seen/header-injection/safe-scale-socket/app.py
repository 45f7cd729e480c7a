"""Bridge to the truck scale of a gravel pit, which expects raw HTTP."""

import re
import socket

from flask import Flask, jsonify, request

app = Flask(__name__)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def header_lines(pairs):
    for name, value in pairs:
        yield name + ": " + CONTROL.sub(" ", value)


def weigh(truck, driver):
    head = ["POST /weigh HTTP/1.0", *header_lines([("X-Truck", truck), ("X-Driver", driver)]), "Content-Length: 0"]
    with socket.create_connection(("scale.internal", 80), timeout=10) as scale:
        scale.sendall(("\r\n".join(head) + "\r\n\r\n").encode("ascii", "replace"))  # <- safe
        return scale.recv(4096).rpartition(b"\r\n")[2]


@app.post("/weighings")
def weighing():
    form = request.form
    result = weigh(form.get("truck", ""), form.get("driver", ""))
    kilograms = int(result.strip() or b"0")
    return jsonify(truck=form.get("truck"), kilograms=kilograms), 201
