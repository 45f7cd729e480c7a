from pathlib import Path


class ThemeLoader:
    suffix = ".css"

    def __init__(self, folder):
        self.folder = Path(folder)

    def names(self):
        return sorted(path.name for path in self.folder.glob("*" + self.suffix))

    def read(self, name):
        path = self.folder.joinpath(name)
        if not path.is_file():
            path = self.folder / f"light{self.suffix}"
        return path.read_text(encoding="utf-8")  # <- weak
