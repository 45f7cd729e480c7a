"""Application factory of a seat reservation site for a small theatre."""

from flask import Flask, jsonify, request, session

from seats import SeatPlan

plan = SeatPlan(rows="ABCDEFG", per_row=12)


def create_app(overrides=None):
    app = Flask(__name__)
    app.config.from_mapping(
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SECRET_KEY="t7#qLw0_balcony-9vXe2RmZ",  # <- weak
        MAX_CONTENT_LENGTH=64 * 1024,
    )
    app.config.update(overrides or {})
    register(app)
    return app


def register(app):
    @app.get("/seats")
    def free_seats():
        return jsonify(plan.free())

    @app.post("/seats/<seat>")
    def hold(seat):
        if seat not in plan.free():
            return jsonify(error="taken"), 409
        plan.take(seat, request.form.get("name", "")[:60])
        session.setdefault("held", []).append(seat)
        session.modified = True
        return jsonify(held=session["held"]), 201
