"""Sign-out endpoint of an identity service used by several client applications."""

import os

from flask import Flask, abort, make_response, request
from flask_login import LoginManager, logout_user

from clients import CLIENTS

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
DEFAULT = "/signed-out"


def see_other(location):
    response = make_response("", 303)
    response.headers["Location"] = location  # <- weak
    response.headers["Cache-Control"] = "no-store"
    return response


def return_address(values):
    client = CLIENTS.get(values.get("client_id"))
    wanted = values.get("post_logout_redirect_uri", DEFAULT)
    if client is not None and wanted not in client.logout_addresses:
        abort(400)
    return wanted


@app.post("/logout")
def logout():
    logout_user()
    return see_other(return_address(request.values))


@app.get("/signed-out")
def signed_out():
    return {"message": "You are signed out."}
