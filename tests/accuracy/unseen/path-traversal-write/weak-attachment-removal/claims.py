import json
import os
from pathlib import Path

ROOT = Path("/srv/claims/drafts")


class Draft:
    def __init__(self, folder):
        self.folder = folder

    @property
    def names(self):
        return {path.name for path in self.folder.iterdir() if path.suffix != ".json"}

    def drop(self, *names):
        removed = 0
        for name in names:
            path = os.path.join(self.folder, name)
            if not os.path.isfile(path):
                continue
            os.remove(path)  # <- weak
            removed += 1
        return removed


def draft_of(number, clerk):
    folder = ROOT / str(int(number))
    try:
        record = json.loads((folder / "claim.json").read_text())
    except FileNotFoundError:
        return None
    return Draft(folder) if record["clerk"] == clerk else None
