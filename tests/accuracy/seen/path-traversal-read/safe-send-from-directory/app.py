"""Spoken guides of a botanical garden, downloaded by the name in the address."""

from flask import Blueprint, Flask, current_app, send_from_directory

audio = Blueprint("audio", __name__, url_prefix="/audio")


class GuideFolder:
    """Knows where the guides of each language are."""

    languages = ("en", "nl", "ja")

    def __init__(self, root):
        self.root = root

    def for_language(self, language):
        if language not in self.languages:
            language = "en"
        return f"{self.root}/{language}"


@audio.get("/<language>/<path:track>")
def guide(language, track):
    folder = GuideFolder(current_app.config["AUDIO_ROOT"]).for_language(language)
    return send_from_directory(folder, track, mimetype="audio/mpeg", as_attachment=True)  # <- safe


def create_app():
    app = Flask(__name__)
    app.config["AUDIO_ROOT"] = "/srv/garden/audio"
    app.register_blueprint(audio)
    return app
