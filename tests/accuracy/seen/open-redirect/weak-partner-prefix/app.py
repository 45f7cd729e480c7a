"""Outgoing links of a travel portal to pages of its booking partner."""

from flask import Blueprint, Flask, current_app, redirect, request, url_for

out = Blueprint("out", __name__)


class Partner:
    def __init__(self, base):
        self.base = base

    def owns(self, url):
        return url.lower().startswith(self.base)


@out.get("/out")
def leave():
    partner = Partner(current_app.config["PARTNER_BASE"])
    destination = request.args.get("to", partner.base)
    if not partner.owns(destination):
        return redirect(url_for("out.unknown"))
    current_app.logger.info("visitor leaves to the partner")
    return redirect(destination)  # <- weak


@out.get("/unknown-partner")
def unknown():
    return {"error": "this partner is not known"}, 404


def create_app():
    app = Flask(__name__)
    app.config["PARTNER_BASE"] = "https://booking.partner.example"
    app.register_blueprint(out)
    return app
