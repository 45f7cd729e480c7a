"""Small advertisements for used musical instruments."""

import os
from typing import Annotated, Literal

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Advert(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[int]
    title: Mapped[str]
    family: Mapped[str]
    cents: Mapped[int]
    highlighted: Mapped[bool] = mapped_column(default=False)


class NewAdvert(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=3, max_length=80)]
    family: Literal["strings", "brass", "woodwind", "percussion"]
    cents: Annotated[int, Field(ge=0, le=5_000_000)]


@app.post("/adverts")
@login_required
def create():
    try:
        draft = NewAdvert(**request.get_json())
    except (ValidationError, TypeError):
        return jsonify(error="The advert is not complete."), 422
    advert = Advert(seller_id=current_user.id, **draft.model_dump())  # <- safe
    db.session.add(advert)
    db.session.commit()
    return jsonify(id=advert.id), 201
