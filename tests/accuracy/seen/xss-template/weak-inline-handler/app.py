"""Picture gallery of a photo club, where a click opens the large picture."""

from flask import Blueprint, Flask, render_template, request
from flask.views import View

gallery = Blueprint("gallery", __name__)


class Album:
    def __init__(self, name, pictures):
        self.name = name
        self.pictures = pictures

    @classmethod
    def from_request(cls, args):
        return cls(args.get("album", "all"), ["dawn.jpg", "heron.jpg"])


class ListView(View):
    template = "gallery.html"

    def context(self):
        return {"album": Album.from_request(request.args)}

    def dispatch_request(self):
        return render_template(self.template, **self.context())


gallery.add_url_rule("/", view_func=ListView.as_view("index"))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(gallery)
    return app
