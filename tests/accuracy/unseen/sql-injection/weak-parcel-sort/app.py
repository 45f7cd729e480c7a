"""Depot screen that lists parcels waiting at a shipping hub."""

import os

from flask import Flask, jsonify, request
from flask.views import MethodView

from repository import ParcelRepository

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class ParcelList(MethodView):
    def __init__(self, repository):
        self.repository = repository

    def get(self, hub_id):
        paging = {
            "limit": request.args.get("limit", 50, type=int),
            "order": request.args.get("order", "arrived"),
            "status": request.args.get("status", "waiting"),
        }
        rows = self.repository.listing(hub_id, paging)
        return jsonify([dict(row) for row in rows])


app.add_url_rule("/hubs/<int:hub_id>/parcels", view_func=ParcelList.as_view("parcels", ParcelRepository()))
