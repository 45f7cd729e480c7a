"""Settings page of a tennis club, where members change what is known about them."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login = LoginManager(app)


class Member(UserMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    is_board: Mapped[bool] = mapped_column(default=False)
    fee_paid: Mapped[bool] = mapped_column(default=False)


@login.user_loader
def load_member(member_id):
    return db.session.get(Member, int(member_id))


def apply_changes(record, changes):
    for name, value in changes.items():
        if hasattr(record, name):
            setattr(record, name, value)  # <- weak


@app.patch("/me")
@login_required
def change_me():
    apply_changes(current_user._get_current_object(), request.get_json())
    db.session.commit()
    return jsonify(name=current_user.name, phone=current_user.phone)
