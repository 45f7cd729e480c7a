"""Disk usage of render nodes, asked over an asynchronous SSH connection."""

import os

import asyncssh
from flask import Flask, abort, jsonify, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
NODES = ["render-1.studio.example", "render-2.studio.example"]


def connection_options():
    options = dict(username="monitor", client_keys=[os.environ["MONITOR_KEY"]])
    options.update(known_hosts=None, connect_timeout=5)
    return options


async def usage(node):
    async with asyncssh.connect(node, **connection_options()) as link:  # <- weak
        result = await link.run("df --output=pcent /scratch", check=True)
    return int(result.stdout.split()[-1].rstrip("%"))


@app.before_request
def staff_only():
    if "artist_id" not in session:
        abort(401)


@app.get("/nodes/<int:index>/usage")
async def node_usage(index):
    if not 0 <= index < len(NODES):
        abort(404)
    try:
        percent = await usage(NODES[index])
    except (OSError, asyncssh.Error):
        abort(502)
    return jsonify(node=NODES[index], percent=percent)
