"""Allergy cards of a school kitchen, whose bodies are checked before the view by a table of models."""

import os
from typing import Annotated, Literal

from flask import Flask, abort, g, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class AllergyCard(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int]
    child: Mapped[str]
    food: Mapped[str]


class CardBody(BaseModel):
    child: Annotated[str, Field(min_length=1, max_length=60)]
    food: Literal["milk", "egg", "nuts", "gluten", "fish"]


class FoodBody(BaseModel):
    food: Literal["milk", "egg", "nuts", "gluten", "fish"]


BODIES = {"add_card": CardBody, "change_food": FoodBody}


@app.before_request
def check_body():
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    model = BODIES.get(request.endpoint)
    if model is None:
        abort(405)
    try:
        g.body = model.model_validate(request.get_json())
    except ValidationError:
        abort(422)


@app.post("/cards")
@login_required
def add_card():  # <- safe
    db.session.add(AllergyCard(parent_id=current_user.id, child=g.body.child, food=g.body.food))
    db.session.commit()
    return jsonify(child=g.body.child), 201


@app.put("/cards/<int:number>/food")
@login_required
def change_food(number):
    card = db.one_or_404(db.select(AllergyCard).filter_by(id=number, parent_id=current_user.id))
    card.food = g.body.food
    db.session.commit()
    return jsonify(food=card.food)
