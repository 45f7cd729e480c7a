"""Transforms a news feed into a table whose columns the reader chooses."""

import os

from flask import Flask, Response, request
from lxml import etree

app = Flask(__name__)

SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text"/>
<xsl:template match="/"><xsl:for-each select="//item">{columns}
</xsl:for-each></xsl:template>
</xsl:stylesheet>"""


def cells(columns):
    for column in columns:
        yield '<xsl:value-of select="' + column + '"/><xsl:text>;</xsl:text>'


def stylesheet(columns):
    text = SHEET.format(columns="".join(cells(columns)))
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False))


@app.get("/feed.txt")
def feed_table():
    columns = request.args.getlist("column") or ["title", "pubDate"]
    transform = etree.XSLT(stylesheet(columns))  # <- weak
    feed = etree.parse(os.environ["FEED_FILE"])
    return Response(str(transform(feed)), mimetype="text/plain")
