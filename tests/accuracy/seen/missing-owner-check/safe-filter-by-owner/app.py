"""Playlists of a radio archive, each seen only by the listener who made it."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
Db = sessionmaker(create_engine(os.environ["RADIO_DB"]))


class Base(DeclarativeBase):
    pass


class Listener(UserMixin, Base):
    __tablename__ = "listener"
    id: Mapped[int] = mapped_column(primary_key=True)


class Playlist(Base):
    __tablename__ = "playlist"
    id: Mapped[int] = mapped_column(primary_key=True)
    listener_id: Mapped[int] = mapped_column(ForeignKey("listener.id"))
    name: Mapped[str] = mapped_column(String(80))


@login_manager.user_loader
def load(ident):
    with Db() as db:
        return db.get(Listener, int(ident))


def mine():
    return select(Playlist).where(Playlist.listener_id == current_user.id)


@app.get("/playlists")
@login_required
def playlists():
    with Db() as db:
        return jsonify([{"id": p.id, "name": p.name} for p in db.scalars(mine())])


@app.post("/playlists/<int:number>/name")
@login_required
def rename(number):  # <- safe
    with Db.begin() as db:
        found = db.scalar(mine().where(Playlist.id == number))
        if found is None:
            abort(404)
        found.name = request.form.get("name", "")[:80]
        return jsonify(id=found.id, name=found.name)
