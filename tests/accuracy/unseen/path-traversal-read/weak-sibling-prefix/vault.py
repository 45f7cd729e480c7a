import os


class Vault:
    def __init__(self, base):
        self.base = os.path.abspath(base)

    def names(self):
        return [entry.name for entry in os.scandir(self.base) if entry.is_file()]

    def resolve(self, name):
        path = os.path.realpath(self.base + os.sep + name)
        if not path.startswith(self.base):
            raise PermissionError(name)
        return path

    def read(self, name):
        with open(self.resolve(name), "rb") as document:  # <- weak
            return document.read()
