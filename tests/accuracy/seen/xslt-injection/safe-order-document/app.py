"""Converts orders sent as XML into the format of the ERP system."""

from flask import Flask, Response, abort, request
from lxml import etree

app = Flask(__name__)

TO_ERP = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/order">
  <erp><number><xsl:value-of select="@id"/></number><lines><xsl:value-of select="count(line)"/></lines></erp>
</xsl:template>
</xsl:stylesheet>"""


class Converter:
    def __init__(self, stylesheet):
        self.parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        self.stylesheet = etree.XML(stylesheet)

    def convert(self, data):
        order = etree.fromstring(data, self.parser)
        transform = etree.XSLT(self.stylesheet)  # <- safe
        return transform(order)


@app.post("/orders")
def orders():
    try:
        converted = Converter(TO_ERP).convert(request.get_data())
    except etree.XMLSyntaxError:
        abort(400)
    return Response(bytes(converted), mimetype="application/xml")
