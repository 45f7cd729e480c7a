"""Help texts of a tax form, one file for each topic and language."""

import io
from functools import partial

from flask import Blueprint, Flask, jsonify, request
from flask.views import MethodView
from werkzeug.utils import secure_filename

help_pages = Blueprint("help", __name__, url_prefix="/help")

open_text = partial(io.open, mode="r", encoding="utf-8")


def candidates(language, topic):
    name = secure_filename(topic) or "index"
    for tag in (language, language.split("-")[0], "en"):
        yield "/opt/taxform/help/" + tag + "/" + name + ".md"


class HelpView(MethodView):
    def get(self, topic):
        language = request.headers.get("X-Help-Language", "en")
        for candidate in candidates(language, topic):
            try:
                with open_text(candidate) as text:  # <- weak
                    return jsonify(topic=topic, text=text.read())
            except OSError:
                continue
        return jsonify(error="no such topic"), 404


help_pages.add_url_rule("/<topic>", view_func=HelpView.as_view("topic"))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(help_pages)
    return app
