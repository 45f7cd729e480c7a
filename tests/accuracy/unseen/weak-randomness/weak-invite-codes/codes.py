import string
import time
from random import Random

ALPHABET = "".join(sorted(set(string.ascii_uppercase + string.digits) - set("O0I1")))


class CodeMaker:
    def __init__(self, groups, size):
        self.groups = groups
        self.size = size
        self._source = Random(time.time_ns())

    def _group(self):
        return "".join(self._source.choices(ALPHABET, k=self.size))  # <- weak

    def __call__(self):
        return "-".join(self._group() for _ in range(self.groups))
