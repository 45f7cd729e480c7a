import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges, feature_namespaces

FEATURES = {feature_namespaces: False, feature_external_ges: True}


class StockHandler(ContentHandler):
    def __init__(self):
        super().__init__()
        self.counts = {}
        self.remark = []
        self.inside = None

    def startElement(self, name, attrs):
        self.inside = name
        if name == "article":
            self.counts[attrs["number"]] = int(attrs.get("count", 0))

    def characters(self, content):
        if self.inside == "remark":
            self.remark.append(content)


def read_stock(stream):
    parser, handler = xml.sax.make_parser(), StockHandler()
    for feature, state in FEATURES.items():
        parser.setFeature(feature, state)
    parser.setContentHandler(handler)
    parser.parse(stream)  # <- weak
    return handler.counts, "".join(handler.remark)
