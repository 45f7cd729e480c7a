"""Course evaluation of a university, entered through forms."""

import os

from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from votes import Votes

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
votes = Votes(os.environ["VOTES_DB"])


class VoteForm(FlaskForm):
    points = IntegerField(validators=[InputRequired(), NumberRange(1, 5)])
    remark = StringField(validators=[Length(max=300)])


class QuestionForm(FlaskForm):
    text = StringField(validators=[InputRequired(), Length(max=200)])


@app.before_request
def student():
    if "student_id" not in session:
        abort(401)


@app.get("/courses/<int:course>")
def course_page(course):
    return render_template("course.html", course=course, votes=votes.of(course))


@app.post("/courses/<int:course>/vote")
def vote(course):
    form = VoteForm()
    if not form.validate_on_submit():
        abort(422)
    votes.add(course, session["student_id"], form.points.data, form.remark.data)
    return redirect(url_for("course_page", course=course))


@app.post("/courses/<int:course>/question")
def question(course):
    form = QuestionForm()
    if not form.validate_on_submit():
        abort(422)
    votes.ask(course, session["student_id"], form.text.data)
    return redirect(url_for("course_page", course=course))


@app.post("/courses/<int:course>/vote/change")
def change_vote(course):  # <- weak
    fields = {name: request.form.get(name) for name in ("points", "remark")}
    votes.change(course, session["student_id"], **fields)
    return redirect(url_for("course_page", course=course))
