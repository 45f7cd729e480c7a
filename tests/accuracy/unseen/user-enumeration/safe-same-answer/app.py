"""Reset of the passphrase for members of a birdwatchers' archive."""

import os

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from redis import Redis
from rq import Queue
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
limiter = Limiter(get_remote_address, app=app, storage_uri=os.environ["REDIS_URL"])
jobs = Queue("mail", connection=Redis.from_url(os.environ["REDIS_URL"]))
ANSWER = {"message": "If the address belongs to a member, a letter is on its way."}


class Watcher(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)


def send_reset(email):
    """Runs in the worker: looks the member up and writes, or does nothing."""
    with app.app_context():
        watcher = db.session.scalar(db.select(Watcher).filter_by(email=email))
        if watcher is not None:
            app.logger.info("reset letter for watcher %d", watcher.id)


@app.post("/passphrase/reset")
@limiter.limit("5/hour")
def reset():
    email = request.form.get("email", "").strip().lower()
    if "@" not in email:
        return jsonify(message="This is not an e-mail address."), 422  # <- safe
    jobs.enqueue(send_reset, email)
    return jsonify(ANSWER), 202
