"""Preview of build pipelines that a team pastes into the continuous-integration front end."""

import os

from flask import Flask, jsonify, request
from flask.views import MethodView

from pipeline.parser import PipelineParser

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class PipelinePreview(MethodView):
    init_every_request = False

    def __init__(self, parser):
        self.parser = parser

    def post(self):
        document = request.get_json(force=True)
        source = document.get("source", "")
        if not isinstance(source, str) or len(source) > 20_000:
            return jsonify(error="source must be a short text"), 422
        return jsonify(stages=self.parser.stages(source))


app.add_url_rule("/pipelines/preview", view_func=PipelinePreview.as_view("preview", PipelineParser(limit=40)))
