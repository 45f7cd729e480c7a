"""Skins of a game server, uploaded by players in a packed folder."""

import os
import tarfile
import tempfile

from flask import Flask, abort, redirect, request, url_for

app = Flask(__name__)

SKINS = "/srv/game/skins"


class SkinPackage:
    def __init__(self, path):
        self.archive = tarfile.open(path)
        self.problems = []

    def inspect(self):
        for member in self.archive:
            if member.name.startswith("/") or ".." in member.name.split("/"):
                self.problems.append(member.name)
        return self

    def install(self, folder):
        for member in self.archive.getmembers():
            self.archive.extract(member, folder)  # <- weak
        self.archive.close()


@app.post("/skins/<int:player>")
def upload_skin(player):
    with tempfile.NamedTemporaryFile(suffix=".tar") as spool:
        request.files["skin"].save(spool)
        spool.flush()
        package = SkinPackage(spool.name).inspect()
        if len(package.problems) > 100:
            abort(422)
        package.install(os.path.join(SKINS, str(player)))
    return redirect(url_for("skin", player=player))


@app.get("/skins/<int:player>")
def skin(player):
    return {"files": os.listdir(os.path.join(SKINS, str(player)))}
