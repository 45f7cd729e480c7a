"""Features that a requirement needs: which an application may have, and which it surely has not.

An application surely has not a feature where no known library for it is loaded, and neither its own code, templates
and scripts nor its routes name it. Any doubt counts as *may have*: a word in a comment is enough, and so is code that
could not be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...audit.facts.layers import layers, written_in
from ...audit.inspected import Inspected
from .known import FEATURES, Feature
from .texts import Text, Texts, texts_of


def features_of(inspected: Inspected) -> dict[str, str]:
    """Return every feature that an application may have, with what hints at it; what is missing is surely not there."""
    texts = texts_of(inspected)
    loaded = sorted({name.partition(".")[0] for name in list(sys.modules)} - sys.stdlib_module_names)
    # Flask's own route for static files names files, and serves only those that are meant to be.
    routes = [route.rule for route in inspected.routes if not _is_flasks(route.view)]
    hints = {key: _hint(feature, loaded, routes, texts) for key, feature in FEATURES.items()}
    return {key: hint for key, hint in hints.items() if hint}


def _is_flasks(view: object) -> bool:
    return written_in(next(layers(view), None)).startswith("flask.")


def absence_of(feature: Feature) -> str:
    """Return why a requirement that needs a feature does not apply where the feature is surely not there."""
    return (
        f"No {feature.label}: no known library for it is loaded, and neither the application's code, templates and "
        f"scripts nor its routes name it."
    )


def missing(features: Mapping[str, str] | None, key: str) -> bool:
    """Return whether a feature is surely not there; ``None`` means that nobody has looked."""
    return bool(key) and features is not None and key not in features


@dataclass(frozen=True, slots=True)
class _Search:
    """One expression, and the texts that it is looked for in."""

    expression: str
    texts: Iterable[Text]

    def hits(self) -> Iterator[str]:
        if self.expression:
            found = re.compile(self.expression, re.IGNORECASE)
            for text in self.texts:
                match = found.search(text.content)
                if match is not None:
                    line = text.content.count("\n", 0, match.start()) + 1
                    yield f"{match.group().strip()!r} in {text.name}, line {line}"


def _hint(feature: Feature, loaded: Iterable[str], routes: Iterable[str], texts: Texts) -> str:
    """Return the first thing that hints at a feature; empty where nothing does."""
    return next(_hints(feature, loaded, routes, texts), "")


def _hints(feature: Feature, loaded: Iterable[str], routes: Iterable[str], texts: Texts) -> Iterator[str]:
    library = re.compile(feature.libraries or "(?!)", re.IGNORECASE)
    yield from (f"the library {name} is loaded" for name in loaded if library.fullmatch(name))
    yield from _Search(feature.code, texts.code).hits()
    yield from _Search(feature.pages, texts.templates).hits()
    yield from _Search(feature.scripts, (*texts.templates, *texts.scripts)).hits()
    words = re.compile(feature.code, re.IGNORECASE)
    yield from (f"the route {route}" for route in routes if words.search(route))
    if texts.gap:
        yield texts.gap
