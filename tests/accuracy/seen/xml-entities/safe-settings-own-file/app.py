"""Device settings of a thermostat fleet: XML templates filled with client values."""

import os
from xml.sax.saxutils import escape

from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)
PARSER = etree.XMLParser(load_dtd=True, resolve_entities=True)

DOCUMENT = "<settings><room>{room}</room><target>{target}</target></settings>"


def template_tree():
    path = os.path.join(app.root_path, "device", "defaults.xml")
    return etree.parse(path, PARSER)


def document(room, target):
    return DOCUMENT.format(room=escape(room), target=float(target))


@app.post("/thermostats/<int:number>/settings")
def settings(number):
    form = request.form
    try:
        text = document(form.get("room", "hall"), form.get("target", "20"))
    except ValueError:
        return jsonify(error="target must be a number"), 400
    defaults = template_tree()
    wanted = etree.XML(text, PARSER)  # <- safe
    changed = [node.tag for node in wanted if node.text != defaults.findtext(node.tag)]
    return jsonify(number=number, changed=changed)
