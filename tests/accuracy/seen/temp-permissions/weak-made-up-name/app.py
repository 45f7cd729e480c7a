"""Certificates of a swimming course, drawn as PDF and sent to the browser."""

import os
import tempfile

from flask import Flask, abort, after_this_request, send_file
from flask_login import login_required
from reportlab.pdfgen import canvas

from courses import find_swimmer

app = Flask(__name__)


class Certificate:
    def __init__(self, swimmer):
        self.swimmer = swimmer
        self.path = tempfile.mktemp(prefix="certificate-", suffix=".pdf")  # <- weak

    def draw(self):
        page = canvas.Canvas(self.path)
        page.drawString(100, 700, f"{self.swimmer.name} swam {self.swimmer.metres} metres")
        page.save()
        return self.path


@app.get("/certificates/<int:number>")
@login_required
def certificate(number):
    swimmer = find_swimmer(number)
    if swimmer is None:
        abort(404)
    path = Certificate(swimmer).draw()

    @after_this_request
    def remove(response):
        os.unlink(path)
        return response

    return send_file(path, as_attachment=True, download_name="certificate.pdf")
