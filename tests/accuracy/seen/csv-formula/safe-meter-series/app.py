"""Power readings of solar panels, turned into a CSV file for the owner."""

import csv
import io

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, Field, NonNegativeInt, TypeAdapter, ValidationError

app = Flask(__name__)


class Sample(BaseModel):
    minute: NonNegativeInt
    watts: NonNegativeInt
    note: str = Field(default="", exclude=True)


samples = TypeAdapter(list[Sample])


class Table:
    def __init__(self, *columns):
        self.out = io.StringIO()
        self.writer = csv.DictWriter(self.out, fieldnames=columns)
        self.writer.writeheader()

    def fill(self, rows):
        for row in rows:
            self.writer.writerow(row.model_dump())  # <- safe
        return self.out.getvalue()


@app.post("/panels/<int:panel>/series.csv")
def series(panel):
    try:
        rows = samples.validate_python(request.get_json())
    except ValidationError:
        return jsonify(error="invalid series"), 422
    return Response(Table("minute", "watts").fill(rows), mimetype="text/csv")
