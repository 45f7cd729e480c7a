"""Editor of build steps for a printing house, which shows what a recipe means."""

from functools import partial

import yaml
from flask import Blueprint, Flask, render_template, request

recipes = Blueprint("recipes", __name__)

read_document = partial(yaml.load_all, Loader=yaml.Loader)


def steps_of(source):
    steps = []
    for document in read_document(source):  # <- weak
        if isinstance(document, dict):
            steps.append({"name": document.get("name", "step"), "machine": document.get("machine")})
    return steps


@recipes.route("/recipe", methods=["GET", "POST"])
def recipe():
    source, steps, problem = "", [], None
    if request.method == "POST":
        source = request.form.get("source", "")
        try:
            steps = steps_of(source)
        except yaml.YAMLError:
            problem = "The recipe could not be read."
    return render_template("recipe.html", source=source, steps=steps, problem=problem)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(recipes)
    return app
