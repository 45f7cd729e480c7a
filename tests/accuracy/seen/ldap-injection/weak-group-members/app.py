"""Group membership pages for a hospital's intranet."""

from flask import Flask, jsonify, request

from directory import groups_of

app = Flask(__name__)


@app.get("/me/groups")
def my_groups():
    ward = request.headers.get("X-Ward", "general")
    return jsonify(groups=list(groups_of(request.cookies.get("uid", "guest"), ward=ward)))
