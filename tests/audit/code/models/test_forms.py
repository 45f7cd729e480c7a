"""Forms of WTForms: each field is what its kind says."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

HEAD = """
    import os
    from pathlib import Path
    from flask import Flask, session
    from flask_wtf import FlaskForm
    from flask_wtf.file import FileAllowed, FileField
    from wtforms import IntegerField, MultipleFileField, SelectField, StringField

    app = Flask(__name__)

    class Upload(FlaskForm):
        name = StringField()
        number = IntegerField()
        kind = SelectField(choices=["a", "b"])
        paper = FileField(validators=[FileAllowed(["pdf"])])
        picture = FileField()
        pictures = MultipleFileField()

    @app.post("/")
    def view():
        form = Upload()
"""


def _view(body: str) -> str:
    return HEAD + "".join(f"        {line}\n" for line in body.splitlines()) + '        return ""\n'


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("inputs.path-traversal", 'open(os.path.join("/srv", form.name.data)).read()  # found'),
        ("inputs.upload-name", "form.paper.data.save(Path('/srv') / form.paper.data.filename)  # found"),
        ("inputs.upload-type", "form.picture.data.save('/srv/' + form.picture.data.filename)  # found"),
        ("inputs.upload-name", "for one in form.pictures.data:\n    one.save('/srv/' + one.filename)  # found"),
        ("inputs.path-traversal", 'open("/srv/" + form.data["name"]).read()  # found'),
    ],
)
def test_what_a_client_writes_into_a_field_is_a_clients(rule: str, body: str) -> None:
    code = _view(body)
    assert [line for line, _ in findings_in(code, rule)] == marked(code)


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("inputs.path-traversal", 'open(f"/srv/{form.number.data}").read()'),
        ("inputs.path-traversal", 'open(f"/srv/{form.kind.data}/list.txt").read()'),
        ("inputs.upload-type", "form.paper.data.save('/srv/' + form.paper.data.filename)"),
        ("inputs.mass-assignment-in-code", "for name, value in form.data.items():\n    setattr(session, name, value)"),
    ],
)
def test_what_its_kind_or_its_validators_settle_is_settled(rule: str, body: str) -> None:
    assert findings_in(_view(body), rule) == []


def test_one_of_the_values_that_a_validator_lists() -> None:
    code = """
    import subprocess
    from flask import Flask
    from flask_wtf import FlaskForm
    from wtforms import StringField
    from wtforms.validators import AnyOf

    app = Flask(__name__)

    class PingForm(FlaskForm):
        host = StringField()
        kind = StringField(validators=[AnyOf(["a", "b"])])

    @app.post("/")
    def view():
        form = PingForm()
        if form.validate_on_submit():
            subprocess.getoutput("ping " + form.kind.data)
            subprocess.getoutput("ping " + form.host.data)  # found
        return ""
    """
    assert [line for line, _ in findings_in(code, "inputs.command-injection")] == marked(code)
