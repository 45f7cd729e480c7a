"""Sheet music stand of an orchestra: players get the parts of the current programme."""

import os

from flask import Flask, abort, request, send_from_directory
from flask.views import MethodView
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


class Stand(MethodView):
    decorators = [login_required]
    folder = "/srv/orchestra/parts"

    def name(self, values):
        work, part = values.get("work", ""), values.get("part", "")
        if not work or not part:
            abort(400)
        return f"{work}/{part}.pdf"

    def get(self):
        name = self.name(request.args)
        options = {"mimetype": "application/pdf", "as_attachment": True, "max_age": 3600}
        return send_from_directory(self.folder, name, **options)  # <- safe


class Recordings(Stand):
    folder = "/srv/orchestra/recordings"

    def name(self, values):
        return super().name({"work": values.get("work"), "part": values.get("take")})


app.add_url_rule("/parts", view_func=Stand.as_view("parts"))
app.add_url_rule("/recordings", view_func=Recordings.as_view("recordings"))
