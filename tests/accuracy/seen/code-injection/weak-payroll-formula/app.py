"""Bonus formulas of a payroll tool, tried out on one employee."""

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

FORBIDDEN = ("import", "open", "exec", ";")


def looks_harmless(text):
    return not any(word in text for word in FORBIDDEN)


class Formula:
    def __init__(self, text):
        self.text = text.strip()

    def value(self, **variables):
        return eval(self.text, {"min": min, "max": max}, variables)  # <- weak


@app.post("/formulas/try")
def try_formula():
    body = request.get_json()
    formula = Formula(body.get("formula", "0"))
    if not looks_harmless(formula.text):
        abort(400)
    try:
        bonus = formula.value(salary=float(body["salary"]), years=int(body["years"]))
    except (ArithmeticError, NameError, SyntaxError):
        return jsonify(error="formula cannot be computed"), 422
    return jsonify(bonus=bonus)
