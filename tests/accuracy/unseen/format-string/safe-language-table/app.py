"""Ferry operator that tells passengers about delays in the language of their choice."""

from dataclasses import dataclass

from flask import Flask, abort, jsonify, request

app = Flask(__name__)


@dataclass(frozen=True)
class Sailing:
    number: int
    harbour: str
    delay: int


SAILINGS = {7: Sailing(7, "Sandvik", 25), 9: Sailing(9, "Torshavn", 0)}
TEXTS = {
    "en": "{name}, ferry {sailing.number} to {sailing.harbour} is {sailing.delay} minutes late.",
    "de": "{name}, die Fähre {sailing.number} nach {sailing.harbour} hat {sailing.delay} Minuten Verspätung.",
    "da": "{name}, færge {sailing.number} til {sailing.harbour} er {sailing.delay} minutter forsinket.",
}


def text_for(language):
    return TEXTS.get(language) or TEXTS["en"]


@app.get("/sailings/<int:number>/notice")
def notice(number):
    sailing = SAILINGS.get(number) or abort(404)
    wanted = {"lang": request.args.get("lang", ""), "name": request.args.get("name", "Passenger")}
    pattern = text_for(wanted.pop("lang"))
    return jsonify(text=pattern.format(sailing=sailing, **wanted))  # <- safe
