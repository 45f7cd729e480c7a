import os


class Workspace:
    """The folder in which the files of one survey are."""

    def __init__(self, root, survey):
        self.folder = os.path.join(root, f"survey-{survey}")

    def put(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as target:  # <- weak
            target.write(content)
