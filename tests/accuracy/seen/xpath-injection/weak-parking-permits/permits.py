import os

from lxml import etree


def without_quotes(text):
    return text.replace("'", "")


class PermitFile:
    def __init__(self):
        self.root = etree.parse(os.environ["PERMIT_FILE"]).getroot()

    def matching(self, *credentials):
        plate, code = map(without_quotes, credentials)
        query = '//permit[plate="%s"][code="%s"]' % (plate, code)
        found = self.root.xpath(query)  # <- weak
        return next(iter(found), None)
