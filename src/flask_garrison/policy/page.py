"""The page of defaults, made from the code: ``python -m flask_garrison.policy.page > docs/defaults.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from .fields import Policy
from .modes import GUARDED_CONTROLS
from .setting import documented
from .views import ViewPolicy

_INTRODUCTION = """\
# Defaults

Every setting with its value in each preset, what it does, and what it risks. `Policy()` is the default, for an
application that exists; `Policy.strict()` is for a new one; `Policy.api()` for one that speaks JSON only. Each setting
can be given in Python, as a keyword of `Garrison(app, ...)`, or as `GARRISON_<SETTING>` in the configuration.

This page is made from the code by `python -m flask_garrison.policy.page`, and a test holds it against the code.
"""


def defaults_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_INTRODUCTION, *_settings(), *_views(), *_controls()])


def _settings() -> Iterator[str]:
    presets = {"default": Policy(), "strict": Policy.strict(), "api": Policy.api()}
    for chapter, names in _chapters():
        yield f"## {chapter}\n"
        for name in names:
            yield from _setting(name, presets)


def _chapters() -> Iterator[tuple[str, list[str]]]:
    """Yield the settings that each chapter adds, in the order of the policy."""
    told: set[str] = set()
    for base in reversed(Policy.__mro__[1:-1]):
        names = [name for name, _ in documented(base) if name not in told]
        told.update(names)
        yield base.__name__.removesuffix("Settings"), names


def _setting(name: str, presets: Mapping[str, Policy]) -> Iterator[str]:
    documentation = dict(documented(Policy))[name]
    yield f"### `{name}`\n"
    yield f"{documentation.doc}\n"
    yield f"Risk: {documentation.risk}\n"
    values = {preset: _text(getattr(policy, name)) for preset, policy in presets.items()}
    yield "| preset | value |\n|---|---|"
    yield from (f"| {preset} | {value} |" for preset, value in values.items())
    yield ""


def _views() -> Iterator[str]:
    yield "## Settings of one view\n"
    yield "Declared with `@view_policy(...)` on the view; each applies to that view alone.\n"
    yield "| setting | default | what it does | risk |\n|---|---|---|---|"
    view = ViewPolicy()
    for name, documentation in documented(ViewPolicy):
        yield f"| `{name}` | {_text(getattr(view, name))} | {documentation.doc} | {documentation.risk} |"
    yield ""


def _controls() -> Iterator[str]:
    yield "## Controls with a mode\n"
    yield "Names for `modes`. Each is in the mode of the whole policy (`enforce`) until it is named there.\n"
    yield from (f"- `{control}`" for control in GUARDED_CONTROLS)
    yield ""


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "<br>".join(f"`{key}: {' '.join(content) or '()'}`" for key, content in value.items()) or "none"
    if isinstance(value, tuple):
        return " ".join(f"`{item}`" for item in value) or "none"
    return f"`{value}`"


if __name__ == "__main__":
    sys.stdout.write(defaults_page())
