"""X-ray viewer of a dental practice that serves pictures by their study number."""

import os
import re
from uuid import UUID

from flask import Flask, abort, send_file
from flask_login import LoginManager, current_user, login_required
from sqlalchemy import create_engine, text
from werkzeug.routing import BaseConverter

PICTURES = os.environ.get("PICTURES", "/srv/xray")
engine = create_engine(os.environ["DATABASE_URL"])
OWNED = text("SELECT 1 FROM studies WHERE id = :study AND dentist_id = :dentist")


class SizeConverter(BaseConverter):
    regex = "thumb|full"


app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.url_map.converters["size"] = SizeConverter
login_manager = LoginManager(app)


def picture_path(study, **details):
    name = "-".join([str(UUID(study)), *(str(value) for value in details.values())])
    return os.path.join(PICTURES, name + ".png")


@app.get("/studies/<study>/<size:size>/<int:frame>.png")
@login_required
def picture(study, size, frame):
    if not re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", study):
        abort(404)
    with engine.connect() as connection:
        owned = connection.execute(OWNED, {"study": study, "dentist": current_user.id}).scalar()
    path = picture_path(study, size=size, frame=frame)
    if not owned or not os.path.exists(path):
        abort(404)
    return send_file(path, mimetype="image/png")  # <- safe
