"""Family albums with comments; an album belongs to one user, a picture to one album."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Album(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]
    title: Mapped[str]


class Picture(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    album_id: Mapped[int] = mapped_column(ForeignKey("album.id"))
    caption: Mapped[str]


def own_album(number):
    album = db.get_or_404(Album, number)
    if album.owner_id != current_user.id:
        abort(404)
    return album


@app.patch("/albums/<int:album>")
@login_required
def rename(album):
    found = own_album(album)
    found.title = str(request.get_json()["title"])[:80]
    db.session.commit()
    return jsonify(title=found.title)


@app.patch("/albums/<int:album>/pictures/<int:picture>")
@login_required
def caption(album, picture):
    found = db.one_or_404(db.select(Picture).filter_by(id=picture, album_id=own_album(album).id))
    found.caption = str(request.get_json()["caption"])[:200]
    db.session.commit()
    return jsonify(caption=found.caption)


@app.delete("/albums/<int:album>/pictures")
@login_required
def remove(album):  # <- weak
    found = own_album(album)
    chosen = [int(number) for number in request.get_json()["pictures"]][:100]
    for picture in db.session.scalars(db.select(Picture).where(Picture.id.in_(chosen))):
        db.session.delete(picture)
    db.session.commit()
    return jsonify(album=found.title, removed=len(chosen))
