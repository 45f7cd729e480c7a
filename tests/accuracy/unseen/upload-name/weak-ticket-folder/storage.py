import os

from PIL import Image, UnidentifiedImageError

FORMATS = ("PNG", "JPEG")


class Storage:
    root = "/srv/uploads"

    def path(self, *parts):
        return os.path.join(self.root, *parts)


class TicketStorage(Storage):
    root = "/srv/tickets"

    def __init__(self, ticket):
        self.folder = super().path(f"T{ticket:08d}")
        os.makedirs(self.folder, exist_ok=True)

    def keep(self, upload):
        try:
            picture = Image.open(upload.stream, formats=FORMATS)
            picture.load()
        except (UnidentifiedImageError, OSError):
            return None
        stem, _dot, _suffix = upload.filename.rpartition(".")
        target = self.path(self.folder, f"{stem}.png")
        picture.convert("RGB").save(target, format="PNG")  # <- weak
        return target
