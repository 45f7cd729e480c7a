"""Export of selected measurement files of a river survey as a tar archive."""

import os
import subprocess
import tempfile

from flask import Flask, abort, request, send_file

app = Flask(__name__)
DATA = os.environ["SURVEY_DATA"]


class Export:
    def __init__(self, river):
        self.river = river
        self.arguments = ["tar", "-C", DATA, "-czf"]

    def write_to(self, path):
        self.arguments.append(path)
        return self

    def include(self, members):
        self.arguments.extend(name for name in members if "/" not in name and ".." not in name)
        return self

    def run(self):
        subprocess.check_call(self.arguments)  # <- weak


@app.post("/rivers/<int:river>/export")
def export(river):
    members = request.get_json().get("files", [])
    if not members:
        abort(400)
    handle, path = tempfile.mkstemp(suffix=".tar.gz")
    os.close(handle)
    Export(river).write_to(path).include(map(str, members)).run()
    return send_file(path, as_attachment=True, download_name=f"river-{river}.tar.gz")
