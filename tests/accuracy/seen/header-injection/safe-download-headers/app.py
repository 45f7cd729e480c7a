"""Downloads of sheet music with headers that echo the chosen edition."""

import os

from flask import Flask, make_response, request, send_from_directory

app = Flask(__name__)


class EditionHeaders:
    names = ("X-Edition", "X-Instrument")

    def __init__(self, args):
        self.values = dict(zip(self.names, (args.get("edition", "urtext"), args.get("instrument", "piano"))))

    def apply(self, response):
        for name, value in self.values.items():
            response.headers[name] = value  # <- safe
        return response


@app.errorhandler(ValueError)
def refused(error):
    return {"error": "header value refused"}, 400


@app.get("/scores/<int:score>")
def score(score):
    file_response = send_from_directory(os.environ["SCORES"], f"{score}.pdf", as_attachment=True)
    file_response.headers["Cache-Control"] = "private, max-age=600"
    headers = EditionHeaders(request.args)
    return headers.apply(make_response(file_response))
