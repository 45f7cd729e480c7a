"""Observations of a bird-watching club, queried through a validated model."""

import os
from typing import Literal

from flask import Flask, jsonify, request
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError
from pymongo import MongoClient

app = Flask(__name__)


class ObservationFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    species: StrictStr
    season: Literal["spring", "summer", "autumn", "winter"] = "spring"

    def query(self):
        return self.model_dump()


class Observations:
    def __init__(self):
        self.collection = MongoClient(os.environ["MONGO_URL"])["club"]["observations"]

    def count(self, criteria):
        return self.collection.count_documents(criteria.query())  # <- safe


@app.post("/observations/count")
def count():
    try:
        criteria = ObservationFilter(**request.get_json())
    except (ValidationError, TypeError):
        return jsonify(error="invalid filter"), 422
    return jsonify(species=criteria.species, count=Observations().count(criteria))
