class PageParts:
    """Collects the pieces of a page in order."""

    def __init__(self, heading):
        self._lines = ["<!doctype html>", "<h1>%s</h1>" % heading]

    def add(self, line):
        self._lines.append(line)

    def whole(self):
        return "\n".join(self._lines)
