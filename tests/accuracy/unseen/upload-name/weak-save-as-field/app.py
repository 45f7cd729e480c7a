"""Intake of sermons for a parish archive: a recording is saved under a title of choice."""

import os
from pathlib import Path

from flask import Flask, render_template, request
from flask_login import LoginManager, login_required
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.utils import secure_filename
from wtforms import StringField
from wtforms.validators import Length

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 80 * 1024 * 1024
login_manager = LoginManager(app)
ARCHIVE = Path("/srv/parish/sermons")


class SermonForm(FlaskForm):
    recording = FileField(validators=[FileRequired()])
    save_as = StringField(validators=[Length(max=120)])


def archive_name(form):
    fallback = secure_filename(form.recording.data.filename).rsplit(".", 1)[0]
    return f"{form.save_as.data or fallback}.mp3"


@app.route("/sermons/new", methods=["GET", "POST"])
@login_required
def new_sermon():
    form = SermonForm()
    saved = None
    if request.method == "POST" and form.validate():
        head = form.recording.data.stream.read(3)
        form.recording.data.stream.seek(0)
        if head == b"ID3":
            saved = archive_name(form)
            form.recording.data.save(ARCHIVE / saved)  # <- weak
    return render_template("new.html", form=form, saved=saved)
