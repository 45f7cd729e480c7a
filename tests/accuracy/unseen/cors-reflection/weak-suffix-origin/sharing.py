from urllib.parse import urlsplit

from flask import request


class Sharing:
    def __init__(self, partners):
        self.partners = tuple(partners)

    def init_app(self, app):
        app.after_request(self.answer)

    def _is_partner(self, origin):
        host = urlsplit(origin).hostname or ""
        return host.endswith(self.partners)

    def answer(self, response):
        origin = request.headers.get("Origin")
        response.vary.add("Origin")
        if origin and self._is_partner(origin):
            response.headers["Access-Control-Allow-Origin"] = origin  # <- weak
            response.headers["Access-Control-Allow-Credentials"] = "true"
        return response
