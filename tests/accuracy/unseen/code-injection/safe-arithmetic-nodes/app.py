"""Recipe scaler of a canteen: cooks type sums such as (persons + 4) * 0.25."""

import ast

from flask import Flask, jsonify, request

app = Flask(__name__)
NODES = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.USub,
)


def checked(source, names):
    if len(source) > 120:
        raise ValueError("too long")
    tree = ast.parse(source, mode="eval")
    for node in ast.walk(tree):
        if type(node) not in NODES:
            raise ValueError("not arithmetic")
        if type(node) is ast.Constant and type(node.value) not in (int, float):
            raise ValueError("not a number")
        if type(node) is ast.Name and node.id not in names:
            raise ValueError("unknown name")
    return compile(tree, "<sum>", "eval")


@app.post("/recipes/scale")
def scale():
    body = request.get_json()
    names = {"persons": int(body["persons"]), "portions": int(body["portions"])}
    try:
        amount = eval(checked(str(body["sum"]), names), {"__builtins__": {}}, names)  # <- safe
    except (ValueError, SyntaxError, ArithmeticError):
        return jsonify(error="please enter a sum of numbers"), 422
    return jsonify(amount=round(float(amount), 3))
