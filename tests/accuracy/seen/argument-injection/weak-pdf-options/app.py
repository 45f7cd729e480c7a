"""Letters of an insurance office rendered to PDF with page options from the client."""

import io

from flask import Flask, render_template, request, send_file

from pdf import render_pdf

app = Flask(__name__)


@app.post("/letters/<int:number>/pdf")
def letter_pdf(number):
    body = request.get_json()
    html = render_template("letter.html", number=number, addressee=body.get("addressee", ""))
    document = render_pdf(html, body.get("page", {}))
    return send_file(io.BytesIO(document), mimetype="application/pdf", download_name="letter.pdf")
