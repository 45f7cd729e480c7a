"""Forms of an insurance broker, which clients download by a short code."""

from enum import Enum

from flask import Flask, abort, request, send_file

app = Flask(__name__)


class FormSheet(Enum):
    CLAIM = "claim-2024.pdf"
    CHANGE = "change-of-address.pdf"
    CANCEL = "cancellation.pdf"


def sheet_for(code):
    try:
        return FormSheet[code.upper()]
    except KeyError:
        return None


@app.get("/forms")
def form_sheet():
    code = request.args.get("code", "")
    sheet = sheet_for(code)
    if sheet is None:
        abort(404)
    path = "/srv/broker/forms/%s" % sheet.value
    return send_file(path, as_attachment=True, download_name=sheet.value)  # <- safe
