"""Price calculator of a print shop whose rules are fixed expressions."""

import operator

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

OPERATORS = {"plus": operator.add, "minus": operator.sub, "times": operator.mul}
RULES = {
    "flyer": "0.04 * sheets + 12",
    "poster": "1.90 * sheets",
    "booklet": "0.15 * sheets * pages + 25",
}


def rule_for(product):
    rule = RULES.get(product)
    if rule is None:
        abort(404)
    return rule


@app.post("/prices/<product>")
def price(product):
    body = request.get_json()
    try:
        variables = {"sheets": int(body["sheets"]), "pages": int(body.get("pages", 1))}
        surcharge = float(body.get("surcharge", 0))
        combine = OPERATORS[body.get("combine", "plus")]
    except (KeyError, TypeError, ValueError):
        abort(400)
    base = eval(rule_for(product), {"__builtins__": {}}, variables)  # <- safe
    return jsonify(product=product, price=round(combine(base, surcharge), 2))
