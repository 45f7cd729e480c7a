"""Registration of nicknames for a chess server."""

import os
import re

from flask import Flask, render_template, request
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
NICKNAME = re.compile(r"^([A-Za-z0-9]+[_-]?)+$")
taken = set()


class NicknameForm(FlaskForm):
    nickname = StringField("Nickname", [InputRequired()])

    def validate_nickname(self, field):
        if not NICKNAME.match(field.data):  # <- weak
            raise ValidationError("Only letters, digits, dashes and underscores")
        if field.data in taken:
            raise ValidationError("This nickname is taken")


@app.route("/nicknames", methods=["GET", "POST"])
def register():
    form = NicknameForm()
    if form.validate_on_submit():
        taken.add(form.nickname.data)
    return render_template("nickname.html", form=form, number=len(taken), method=request.method)
