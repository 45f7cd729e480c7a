from lxml import etree

OPTIONS = {"remove_blank_text": True, "encoding": "utf-8"}


class Reader:
    options = OPTIONS

    def __init__(self, data):
        parser = etree.XMLParser(**self.options)
        self.root = etree.fromstring(data, parser)  # <- weak


class OrderReader(Reader):
    options = OPTIONS | {"dtd_validation": False, "load_dtd": True, "resolve_entities": True, "no_network": False}

    def order(self):
        lines = [{"plant": line.findtext("plant"), "pots": line.findtext("pots")} for line in self.root.iter("line")]
        return {"reference": self.root.findtext("reference"), "lines": lines}
