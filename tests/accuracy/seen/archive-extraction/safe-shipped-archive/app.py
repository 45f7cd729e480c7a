"""Sample data of a bookkeeping course, unpacked afresh for each student."""

import tarfile
from importlib import resources

from flask import Flask, abort, jsonify, request
from flask_login import login_required

app = Flask(__name__)

SAMPLES = {
    "retail": "retail-2024.tar.gz",
    "farm": "farm-2023.tar.gz",
}
WORK = "/srv/course/work"


def sample_archive(subject):
    name = SAMPLES.get(subject)
    if name is None:
        abort(404)
    return resources.files("course_data").joinpath(name)


@app.post("/students/<int:student>/samples")
@login_required
def prepare(student):
    subject = request.form.get("subject", "retail")
    with resources.as_file(sample_archive(subject)) as packed:
        with tarfile.open(packed) as archive:
            archive.extractall(f"{WORK}/{student}")  # <- safe
    return jsonify(student=student, subject=subject), 201
