"""Task board where the project in the address is checked before any view runs."""

import os

from flask import Blueprint, Flask, abort, g, jsonify, request
from flask_login import LoginManager, current_user, login_required

from board import Membership, Project, Task, db

board = Blueprint("board", __name__, url_prefix="/projects/<int:project_id>")


@board.url_value_preprocessor
def take_project(_endpoint, values):
    g.project_id = values.pop("project_id")


@board.before_request
@login_required
def enter_project():
    g.project = db.get_or_404(Project, g.project_id)
    if db.session.get(Membership, (g.project.id, current_user.id)) is None:
        abort(404)


def task_here(number):
    task = db.get_or_404(Task, number)
    if task.project_id != g.project.id:
        abort(404)
    return task


@board.get("/")
def overview():
    return jsonify(name=g.project.name, tasks=[task.title for task in g.project.tasks])


@board.put("/tasks/<int:number>/state")
def set_state(number):  # <- safe
    state = request.form.get("state")
    if state not in {"open", "doing", "done"}:
        abort(422)
    task = task_here(number)
    task.state = state
    db.session.commit()
    return jsonify(id=task.id, state=task.state)


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    db.init_app(app)
    LoginManager(app)
    app.register_blueprint(board)
    return app
