import os

STATION = {"token": os.environ.get("PRINTER_TOKEN"), "queue": "labels"}


class Sample:
    def __init__(self, number, laboratory):
        self.number = number
        self.laboratory = laboratory

    @property
    def code(self):
        return f"S-{self.number:06d}"


def printer(pattern):
    def make(**values):
        return pattern.format_map(values)  # <- weak

    return make
