"""A Content-Security-Policy as data: directive to sources, in order."""

from __future__ import annotations

Directives = dict[str, tuple[str, ...]]

NONE = ("'none'",)
FETCH_FALLBACKS: dict[str, tuple[str, ...]] = {
    "script-src-elem": ("script-src", "default-src"),
    "script-src-attr": ("script-src", "default-src"),
    "style-src-elem": ("style-src", "default-src"),
    "style-src-attr": ("style-src", "default-src"),
    "worker-src": ("child-src", "script-src", "default-src"),
    "frame-src": ("child-src", "default-src"),
    **{
        f"{name}-src": ("default-src",)
        for name in (
            "child",
            "connect",
            "font",
            "img",
            "manifest",
            "media",
            "object",
            "script",
            "style",
            "fenced-frame",
        )
    },
}
"""Where a browser looks when a fetch directive is absent (CSP Level 3, section 6.8.3)."""


def parse(header: str) -> Directives:
    """Parse one serialised policy; of a directive that stands twice the first counts, as in browsers."""
    result: Directives = {}
    for part in header.split(";"):
        words = part.split()
        if words:
            sources = tuple(words[1:])
            none = len(sources) == 1 and sources[0].lower() == "'none'"
            result.setdefault(words[0].lower(), NONE if none else sources)
    return result


def serialise(directives: Directives) -> str:
    """Return the policy as a header value."""
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def effective(directives: Directives, name: str) -> tuple[str, ...] | None:
    """Return the sources that govern ``name``, its fallbacks included; ``None`` if nothing limits it."""
    for candidate in (name, *FETCH_FALLBACKS.get(name, ())):
        if candidate in directives:
            return directives[candidate] or NONE
    return None
