"""Choice of the branch that an employee of a bank works for today."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_login import current_user, login_required
from sqlalchemy import create_engine, text

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
engine = create_engine(os.environ["DATABASE_URL"])


def branches_of(employee):
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT branch_id FROM posting WHERE employee_id = :e"), {"e": employee})
        return {row.branch_id for row in rows}


class BranchChoice:
    def __init__(self, raw):
        self.branch = int(raw)

    def checked_for(self, employee):
        if self.branch not in branches_of(employee):
            abort(403)
        return self.branch


@app.post("/branch")
@login_required
def choose_branch():
    try:
        choice = BranchChoice(request.form.get("branch", ""))
    except ValueError:
        abort(400)
    session["branch_id"] = choice.checked_for(current_user.id)  # <- safe
    return jsonify(branch=session["branch_id"])
