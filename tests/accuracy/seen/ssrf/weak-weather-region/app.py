"""Weather proxy of a farm app with one API host per region."""

import os
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from flask import Flask, Response, g, request

app = Flask(__name__)


@app.errorhandler(HTTPError)
def weather_error(error):
    return {"error": "the weather service refused"}, 502


@app.before_request
def region():
    g.region = request.headers.get("X-Region") or request.cookies.get("region", "eu")


def api_url(resource, **query):
    query["key"] = os.environ["WEATHER_KEY"]
    return "https://{}.weather.example/v1/{}?{}".format(g.region, resource, urlencode(query))


def forecast(field):
    url = api_url("forecast", field=field)
    with urlopen(url, timeout=10) as answer:  # <- weak
        return answer.read(200_000)


@app.get("/fields/<int:field>/forecast")
def field_forecast(field):
    return Response(forecast(field), mimetype="application/json", headers={"X-Content-Type-Options": "nosniff"})
