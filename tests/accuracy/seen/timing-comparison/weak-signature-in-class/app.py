"""Payment notices of a ferry line, signed by the payment provider."""

import os

from flask import Flask, abort, jsonify, request
from flask.views import MethodView

from notices import Notice, Seal

app = Flask(__name__)
seal = Seal(os.environ["PAY_KEY"])
PAID = set()


class Notices(MethodView):
    def post(self):
        notice = Notice(request.get_data(), request.headers.get("X-Pay-Signature", ""))
        if not seal.fits(notice):
            abort(403)
        booking = notice.json().get("booking")
        if not isinstance(booking, str):
            abort(422)
        PAID.add(booking)
        return jsonify(paid=booking)


app.add_url_rule("/notices", view_func=Notices.as_view("notices"))
