"""Hand-in of homework at a primary school, one folder for each class."""

import os

from flask import Flask, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import SelectField

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["HOMEWORK"] = "/srv/school/homework"


class HandIn(FlaskForm):
    group = SelectField(choices=["3a", "3b", "4a"])
    paper = FileField(validators=[FileRequired(), FileAllowed(["pdf", "odt"])])

    def store(self, root):
        document = self.paper.data
        folder = os.path.join(root, self.group.data)
        os.makedirs(folder, exist_ok=True)
        document.save(os.path.join(folder, document.filename))  # <- weak


@app.route("/homework", methods=["GET", "POST"])
def homework():
    form = HandIn()
    if form.validate_on_submit():
        form.store(app.config["HOMEWORK"])
        flash("Thank you, your homework is here.")
        return redirect(url_for("homework"))
    return render_template("homework.html", form=form)
