"""Import of measured contours into a land survey, sent as a ZIP file."""

import io
import os
import zipfile

from flask import Flask, jsonify, request

from storage import Workspace

app = Flask(__name__)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            if info.is_dir() or info.file_size > 5_000_000:
                continue
            yield info.filename, package.read(info)


@app.put("/surveys/<int:survey>/contours")
def import_contours(survey):
    workspace = Workspace(os.environ["SURVEY_DIR"], survey)
    count = 0
    for name, content in members(request.get_data()):
        if name.lower().endswith((".shp", ".dbf", ".prj")):
            workspace.put(name, content)
            count += 1
    return jsonify(imported=count)
