"""Exchange of saved chess-club tournaments between two installations of the same application."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from exchange import TournamentFile

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
LoginManager(app)


@app.post("/tournaments/import")
@login_required
def import_tournament():
    upload = request.files["tournament"]
    with TournamentFile(upload.stream) as saved:
        rounds = saved.rounds()
    return jsonify(rounds=len(rounds), players=sorted({name for pairing in rounds for name in pairing}))


@app.errorhandler(ValueError)
def refused(_error):
    return jsonify(error="This file is not a saved tournament."), 422
