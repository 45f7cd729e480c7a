import uuid
from pathlib import Path

SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/tiff": ".tif"}
STARTS = {".pdf": (b"%PDF-",), ".png": (b"\x89PNG\r\n\x1a\n",), ".tif": (b"II*\0", b"MM\0*")}


class Refused(Exception):
    pass


class Inbox:
    def __init__(self, folder, sniff):
        self.folder = Path(folder)
        self.sniff = sniff

    def suffix(self, upload):
        head = upload.stream.read(4096)
        upload.stream.seek(0)
        suffix = SUFFIXES.get(self.sniff(head))
        if suffix is None or not head.startswith(STARTS[suffix]):
            raise Refused
        declared = "." + upload.filename.rpartition(".")[2].lower()
        if declared not in (suffix, suffix + "f"):
            raise Refused
        return suffix

    def keep(self, tender, upload):
        name = f"{tender}-{uuid.uuid4().hex}{self.suffix(upload)}"
        upload.save(self.folder / name)  # <- safe
        return name
