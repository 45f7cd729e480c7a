from typing import Annotated, Literal

from flask import abort, request
from pydantic import BaseModel, Field, ValidationError

Cents = Annotated[int, Field(ge=0, le=1_000_000)]
Place = Annotated[str, Field(min_length=2, max_length=60)]


class Route(BaseModel):
    start: Place
    summit: Place
    metres: Annotated[int, Field(gt=0, lt=5000)]
    grade: Literal["F", "PD", "AD", "D", "TD"]


class NewOffer(BaseModel):
    title: Place
    cents: Cents
    route: Route


class PriceChange(BaseModel):
    cents: Cents


def checked(model):
    try:
        return model.model_validate(request.get_json())
    except ValidationError:
        abort(422)
