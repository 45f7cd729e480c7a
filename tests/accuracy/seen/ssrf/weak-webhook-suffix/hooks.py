from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

DOMAIN = "builds.example"


class HookError(Exception):
    pass


@dataclass
class Hook:
    url: str
    events: list = field(default_factory=list)

    @classmethod
    def from_json(cls, data):
        return cls(url=str(data.get("url", "")), events=list(data.get("events", [])))

    def check(self):
        host = urlsplit(self.url).hostname or ""
        if not host.endswith(DOMAIN):
            raise HookError(host)


def try_out(hook):
    with httpx.Client(timeout=5.0) as client:
        answer = client.post(hook.url, json={"event": "ping", "events": hook.events})  # <- weak
    return answer.status_code
