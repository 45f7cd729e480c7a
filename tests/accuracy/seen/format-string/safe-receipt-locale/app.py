"""Receipts of a car wash in the language of the customer."""

from dataclasses import dataclass

from flask import Flask, jsonify, request

app = Flask(__name__)

RECEIPTS = {
    "en": "{wash.programme} for {name}: {wash.price:.2f} EUR",
    "fr": "{wash.programme} pour {name} : {wash.price:.2f} EUR",
}


@dataclass
class Wash:
    programme: str
    price: float


def receipt_text(language, **values):
    layout = RECEIPTS.get(language, RECEIPTS["en"])
    return layout.format(**values)  # <- safe


@app.post("/washes/<int:programme>/receipt")
def receipt(programme):
    wash = Wash(f"Programme {programme}", 5.5 + programme)
    language = request.accept_languages.best or "en"
    text = receipt_text(request.form.get("language", language), wash=wash, name=request.form.get("name", ""))
    return jsonify(receipt=text)
