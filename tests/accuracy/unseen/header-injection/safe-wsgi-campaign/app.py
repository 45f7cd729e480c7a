"""Flask application behind a small WSGI layer that remembers a campaign label."""

from urllib.parse import parse_qs, quote

from flask import Flask, jsonify


class CampaignMiddleware:
    def __init__(self, wsgi, field="campaign"):
        self.wsgi = wsgi
        self.field = field

    def labels(self, environ):
        fields = parse_qs(environ.get("QUERY_STRING", ""))
        return fields.get(self.field, [])

    def __call__(self, environ, start_response):
        found = self.labels(environ)

        def start(status, headers, exc_info=None):
            if found:
                label = quote(found[-1][:60], safe="")
                headers = [*headers, ("X-Campaign", label)]
            return start_response(status, headers, exc_info)  # <- safe

        return self.wsgi(environ, start)


def create_app():
    app = Flask(__name__)
    app.wsgi_app = CampaignMiddleware(app.wsgi_app)

    @app.get("/offers")
    def offers():
        return jsonify(offers=["lamp", "desk", "chair"])

    return app
