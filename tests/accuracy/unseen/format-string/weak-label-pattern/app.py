"""Label printing for a laboratory; every bench sets the pattern of its labels."""

import json
import os
from pathlib import Path

from flask import Flask, current_app, jsonify, request
from flask_login import LoginManager, current_user, login_required

from labels import Sample, printer

SETTINGS = Path("/srv/lab/benches")


def bench_settings():
    path = SETTINGS / f"{int(current_user.bench_id)}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)

    @app.put("/bench/settings")
    @login_required
    def save_settings():
        pattern = str(request.get_json()["pattern"])[:200]
        (SETTINGS / f"{int(current_user.bench_id)}.json").write_text(json.dumps({"pattern": pattern}))
        return jsonify(pattern=pattern)

    @app.get("/samples/<int:number>/label")
    @login_required
    def label(number):
        make = printer(bench_settings().get("pattern", "{sample.code}"))
        return jsonify(label=make(sample=Sample(number, current_app.name)))

    return app
