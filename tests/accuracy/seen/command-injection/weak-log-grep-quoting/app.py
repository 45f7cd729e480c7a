"""Search in the machine logs of a bakery's oven controllers."""

import os
import shlex
import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


class OvenLog:
    def __init__(self, oven):
        self.path = os.path.join(os.environ["OVEN_LOGS"], f"oven-{oven}.log")
        self.needle = ""

    def containing(self, needle):
        self.needle = shlex.quote(needle)
        return self

    @property
    def command(self):
        return f'grep -F -- "{self.needle}" {self.path} | tail -n 50'

    def lines(self):
        output = subprocess.check_output(self.command, shell=True, text=True)  # <- weak
        return output.splitlines()


@app.get("/ovens/<int:oven>/log")
def oven_log(oven):
    needle = request.args.get("contains", "error")
    try:
        return jsonify(OvenLog(oven).containing(needle).lines())
    except subprocess.CalledProcessError:
        return jsonify([])
