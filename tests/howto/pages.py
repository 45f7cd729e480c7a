"""The pages of ``docs/howto``, whose code is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import Client, TestResponse

FOLDER = Path(__file__).parents[2] / "docs" / "howto"
HERE = "https://shop.example"
SIDES = ("Before", "After")


def side(page: str, title: str) -> dict[str, Any]:
    """Run the Python block under one heading of a page and return its names."""
    text = (FOLDER / f"{page}.md").read_text("utf-8")
    found = re.search(rf"^## {title}\n+```python\n(.*?)^```", text, re.M | re.S)
    assert found, f"{page}.md has no Python block under {title!r}"
    names: dict[str, Any] = {"__name__": f"howto_{title.lower()}"}
    exec(compile(found[1], f"{page}.md ({title})", "exec"), names)  # noqa: S102 - the page is ours
    return names


def block(page: str, language: str) -> str:
    """Return the one block of a page in ``language``."""
    found = re.findall(rf"^```{language}\n(.*?)^```", (FOLDER / f"{page}.md").read_text("utf-8"), re.M | re.S)
    assert len(found) == 1, f"{page}.md has {len(found)} blocks of {language}"
    return str(found[0])


class Visitor:
    """A browser's tab on the site: cookies, Fetch Metadata and ``Origin`` of its own pages."""

    def __init__(self, app: Flask, here: str = HERE) -> None:
        self.client = Client(app)
        self.here = here

    def open(self, path: str, method: str = "GET", *, site: str = "same-origin", **options: Any) -> TestResponse:
        origin = self.here if site == "same-origin" else "https://evil.example"
        headers = {"Sec-Fetch-Site": site, **options.pop("headers", {})}
        if method not in ("GET", "HEAD"):
            headers = {"Origin": origin, "Referer": f"{origin}/", **headers}
        base = options.pop("base_url", self.here)
        peer = {"REMOTE_ADDR": "203.0.113.9", **options.pop("environ_overrides", {})}
        return self.client.open(path, method=method, base_url=base, headers=headers, environ_overrides=peer, **options)
