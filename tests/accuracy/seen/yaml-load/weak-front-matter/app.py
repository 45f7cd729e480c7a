"""Blog of an allotment garden, whose posts begin with a block of settings."""

from flask import Flask, jsonify, request
from flask.views import MethodView
from flask_login import login_required

from posts import parse_post

app = Flask(__name__)
posts = []


class Posts(MethodView):
    def get(self):
        return jsonify([{"title": post.title, "tags": post.tags} for post in posts])

    @login_required
    def post(self):
        body = request.get_json()
        posts.append(parse_post(body["source"]))
        return jsonify(posts=len(posts)), 201


app.add_url_rule("/posts", view_func=Posts.as_view("posts"))
