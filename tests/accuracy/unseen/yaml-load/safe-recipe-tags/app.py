"""Import of brewing recipes with a tag of their own for temperatures."""

import os

import yaml
from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class RecipeLoader(yaml.SafeLoader):
    pass


def register(tag):
    def keep(function):
        RecipeLoader.add_constructor(tag, function)
        return function

    return keep


@register("!celsius")
def celsius(loader, node):
    return round(float(loader.construct_scalar(node)), 1)


@register("!fahrenheit")
def fahrenheit(loader, node):
    return round((float(loader.construct_scalar(node)) - 32) * 5 / 9, 1)


@app.post("/recipes/import")
def import_recipe():
    text = request.files["recipe"].stream.read(50_000).decode("utf-8", "ignore")
    try:
        recipe = yaml.load(text, Loader=RecipeLoader)  # <- safe
    except (yaml.YAMLError, ValueError):
        return jsonify(error="The recipe could not be read."), 422
    if not isinstance(recipe, dict):
        return jsonify(error="A recipe is a mapping."), 422
    return jsonify(name=str(recipe.get("name")), mash=recipe.get("mash"))
