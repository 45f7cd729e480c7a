import csv
import io

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def neutral(value):
    text = "" if value is None else str(value)
    if text.lstrip().startswith(RISKY) or text.startswith(RISKY):
        return "'" + text
    return text


class Sheet:
    def __init__(self, *titles):
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, quoting=csv.QUOTE_ALL)
        self._writer.writerow(titles)

    def add(self, *cells):
        self._writer.writerow([neutral(cell) for cell in cells])  # <- safe

    def text(self):
        return self._buffer.getvalue()
