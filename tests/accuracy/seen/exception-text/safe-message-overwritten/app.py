"""Converter of coordinates for surveyors, which says which field was wrong."""

from flask import Flask, jsonify, request
from flask.views import MethodView

app = Flask(__name__)

MESSAGES = {"lat": "The latitude is a number from -90 to 90.", "lon": "The longitude is a number from -180 to 180."}
LIMITS = {"lat": 90.0, "lon": 180.0}


def degrees(field, raw):
    value = float(raw)
    if not abs(value) <= LIMITS[field]:
        raise ValueError(field)
    return value


class Coordinates(MethodView):
    def post(self):
        body = request.get_json()
        values = {}
        for field in LIMITS:
            message = ""
            try:
                values[field] = degrees(field, body[field])
            except (KeyError, TypeError, ValueError) as error:
                message = str(error)
                app.logger.info("bad %s: %s", field, message)
                message = MESSAGES[field]
            if message:
                return jsonify(error=message), 422  # <- safe
        return jsonify(minutes={field: value * 60 for field, value in values.items()})


app.add_url_rule("/coordinates", view_func=Coordinates.as_view("coordinates"))
