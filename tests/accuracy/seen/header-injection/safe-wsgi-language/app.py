"""Recipe site with a WSGI wrapper that announces the reader's language."""

from urllib.parse import parse_qs, quote

from flask import Flask, jsonify

app = Flask(__name__)


class LanguageHeader:
    def __init__(self, application, default="en"):
        self.application = application
        self.default = default

    def requested(self, environ):
        values = parse_qs(environ["QUERY_STRING"]).get("lang")
        return quote(values[0], safe="-") if values else self.default

    def __call__(self, environ, start_response):
        language = self.requested(environ)

        def respond(status, headers, exc_info=None):
            headers = [*headers, ("X-Reader-Language", language)]
            return start_response(status, headers, exc_info)  # <- safe

        return self.application(environ, respond)


@app.get("/recipes/<int:number>")
def recipe(number):
    return jsonify(number=number, title="Pancakes")


app.wsgi_app = LanguageHeader(app.wsgi_app)
