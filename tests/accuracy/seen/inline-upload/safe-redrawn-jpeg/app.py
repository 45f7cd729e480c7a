"""Cover pictures of a record exchange, redrawn on arrival and shown on the page."""

from pathlib import Path

from flask import Flask, abort, jsonify, request, send_file
from flask.views import MethodView
from PIL import Image, UnidentifiedImageError

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 3 * 1024 * 1024


class CoverFolder:
    root = Path("/srv/records/uploads")

    def path(self, number):
        return self.root / f"cover-{number}.jpg"

    def keep(self, number, stream):
        picture = Image.open(stream, formats=("JPEG", "PNG", "WEBP")).convert("RGB")
        picture.thumbnail((600, 600))
        picture.save(self.path(number), format="JPEG")


class Cover(MethodView):
    folder = CoverFolder()

    def put(self, number):
        try:
            self.folder.keep(number, request.files["cover"].stream)
        except (UnidentifiedImageError, OSError):
            abort(415)
        return jsonify(record=number)

    def get(self, number):
        path = self.folder.path(number)
        if not path.exists():
            abort(404)
        reply = send_file(path, mimetype="image/jpeg", as_attachment=False)  # <- safe
        reply.headers["X-Content-Type-Options"] = "nosniff"
        return reply


app.add_url_rule("/records/<int:number>/cover", view_func=Cover.as_view("cover"))
