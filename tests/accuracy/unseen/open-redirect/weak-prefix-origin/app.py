"""Payment return of a print shop: the buyer goes back to the page where the basket was filled."""

import os

from flask import Flask, abort, redirect, request, session
from flask.views import MethodView

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
ORIGIN = "https://print.example"


class Checkout(MethodView):
    session_key = "back"

    def remember(self, target):
        if not target.startswith(ORIGIN):
            abort(400)
        session[self.session_key] = target

    def post(self):
        self.remember(request.form.get("back", ORIGIN + "/basket"))
        return {"pay_at": "https://pay.example/print-shop"}


class PaymentReturn(Checkout):
    def back(self):
        return session.pop(self.session_key, None) or f"{ORIGIN}/thanks"

    def get(self):
        return redirect(self.back(), code=303)  # <- weak


app.add_url_rule("/checkout", view_func=Checkout.as_view("checkout"), methods=["POST"])
app.add_url_rule("/paid", view_func=PaymentReturn.as_view("paid"), methods=["GET"])
