import re
from collections import deque


class RuleSet:
    def __init__(self, limit):
        self.limit = int(limit)
        self._rules = deque()

    def add(self, name, expression):
        self._rules.append((name, "^" + expression.strip()))

    def apply(self, lines):
        for number, line in enumerate(lines[: self.limit], start=1):
            for name, expression in self._rules:
                if re.search(expression, line):  # <- weak
                    yield {"line": number, "rule": name}
                    break
