"""Theme manager of a shop system: merchants bring a theme as a ZIP file."""

import os
import zipfile

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

from themes import ThemeError, install

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024
login_manager = LoginManager(app)


@app.put("/theme")
@login_required
def theme():
    try:
        count = install(request.files["theme"].stream, shop_id=int(current_user.shop_id))
    except (zipfile.BadZipFile, ThemeError) as error:
        app.logger.info("theme refused: %s", type(error).__name__)
        return jsonify(error="the theme could not be installed"), 422
    return jsonify(files=count)
