import yaml


class PipelineLoader(yaml.Loader):
    """Knows the tags of our pipeline files on top of what YAML itself has."""


def minutes(loader, node):
    number, _, unit = loader.construct_scalar(node).partition(" ")
    return int(number) * {"m": 1, "h": 60}[unit or "m"]


PipelineLoader.add_constructor("!minutes", minutes)


class PipelineParser:
    def __init__(self, limit):
        self.limit = limit

    def _document(self, source):
        return yaml.load(source, PipelineLoader)  # <- weak

    def stages(self, source):
        document = self._document(source) or {}
        names = [str(stage.get("name", "unnamed")) for stage in document.get("stages", [])]
        return names[: self.limit]
