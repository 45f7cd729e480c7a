import re

from marshmallow import ValidationError


class Shape:
    def __init__(self, pattern, message):
        self.pattern = re.compile(pattern)
        self.message = message

    def __call__(self, value):
        if not self.pattern.match(value):  # <- weak
            raise ValidationError(self.message)


person_name = Shape(r"^([A-Za-z]+['. -]?)+$", "Please write the name in plain letters.")
