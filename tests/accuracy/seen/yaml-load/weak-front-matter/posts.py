from dataclasses import dataclass, field

from ruamel.yaml import YAML

FENCE = "---"


@dataclass
class Post:
    title: str
    text: str
    tags: list = field(default_factory=list)


def settings_block(source):
    parts = source.split(FENCE, 2)
    return (parts[1], parts[2]) if len(parts) == 3 else ("", source)


def parse_post(source):
    block, text = settings_block(source)
    reader = YAML(typ="unsafe")
    settings = reader.load(block) or {}  # <- weak
    return Post(title=str(settings.get("title", "")), text=text, tags=list(settings.get("tags", [])))
