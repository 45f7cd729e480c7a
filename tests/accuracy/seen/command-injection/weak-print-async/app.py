"""Print queue of a copy shop; jobs carry settings in INI form."""

import asyncio
import configparser

from flask import Blueprint, Flask, abort, jsonify, request

printing = Blueprint("printing", __name__)
PRINTERS = {"mono": "lp-mono", "colour": "lp-colour"}


def parse_settings(text):
    settings = configparser.ConfigParser(interpolation=None)
    settings.read_string(text)
    return settings


async def submit(queue, settings, document):
    title = settings.get("job", "title", fallback="untitled")
    copies = settings.getint("job", "copies", fallback=1)
    process = await asyncio.create_subprocess_shell(f"lp -d {queue} -n {copies} -t '{title}' {document}")  # <- weak
    return await process.wait()


@printing.post("/documents/<int:document_id>/print")
async def print_document(document_id):
    try:
        settings = parse_settings(request.get_data(as_text=True))
    except configparser.Error:
        abort(400)
    queue = PRINTERS[settings.get("job", "printer", fallback="mono")]
    code = await submit(queue, settings, f"/srv/documents/{document_id}.pdf")
    return jsonify(printed=code == 0)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(printing)
    return app
