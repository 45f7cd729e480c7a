"""Invoice viewer where customers may bring their own layout stylesheet."""

import os

from flask import Flask, Response, abort, request
from lxml import etree

app = Flask(__name__)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Layout:
    def __init__(self, upload):
        self.upload = upload

    @property
    def document(self):
        return etree.fromstring(self.upload.read(), PARSER)

    def compile(self):
        return etree.XSLT(self.document)  # <- weak


@app.post("/invoices/<int:number>/view")
def view_invoice(number):
    if "layout" not in request.files:
        abort(400)
    invoice = etree.parse(os.path.join(os.environ["INVOICE_DIR"], f"{number}.xml"), PARSER)
    try:
        result = Layout(request.files["layout"]).compile()(invoice)
    except etree.LxmlError:
        abort(422)
    return Response(str(result), mimetype="text/plain")
