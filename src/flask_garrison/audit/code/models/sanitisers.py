"""What cleans HTML: its result can be shown between tags, and nowhere else for that reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.operators import MARKS
from ..values.facts import NO_SCHEME
from ..values.taint import MARKUP, Use
from ..values.value import UNKNOWN, Value
from .registry import alias, on_call
from .support import changed, cleaned

if TYPE_CHECKING:
    from ..events import Call

_DANGEROUS: Final = frozenset({"script", "iframe", "object", "embed", "style", "base", "form", "svg", "math", "link"})
"""Elements that no list of allowed ones may have."""

alias(
    {
        "flask_garrison.inputs.html.clean_html": "flask_garrison.inputs.clean_html",
        "flask_garrison.inputs.urls.safe_url": "flask_garrison.inputs.safe_url",
        "flask_garrison.inputs.filenames.safe_filename": "flask_garrison.inputs.safe_filename",
        "bleach.sanitizer.Cleaner": "bleach.Cleaner",
        "lxml.html.clean.clean_html": "lxml_html_clean.clean_html",
        "lxml.html.clean.Cleaner": "lxml_html_clean.Cleaner",
        "mistune.create_markdown()": "mistune.markdown",
    }
)


@on_call("bleach.clean", "nh3.clean", "bleach.Cleaner().clean", "nh3.Cleaner().clean")
def clean(call: Call) -> Value:
    """Rich text down to a list of allowed elements; quotes stay, since between tags they are harmless."""
    text = call.arg(0, "text", "html")
    tags = call.arg(1 if call.path == "bleach.clean" else None, "tags")
    return cleaned(call, text, Use.HTML) if _is_harmless(tags) else changed(call, text)


def _is_harmless(tags: Value | None) -> bool:
    """Return whether a list of allowed elements has none that runs code."""
    from ..interpreter.comparisons import keys_of

    return tags is None or _DANGEROUS.isdisjoint(str(tag).lower() for tag in keys_of(tags) or ())


@on_call("nh3.clean_text")
def clean_text(call: Call) -> Value:
    """Everything that means something in HTML is escaped, white space as well."""
    return cleaned(call, call.arg(0, "html"), MARKUP | Use.SPACE | Use.XML)


@on_call("flask_garrison.inputs.clean_html")
def clean_html(call: Call) -> Value:
    """Garrison's own, whose result is marked as HTML."""
    return cleaned(call, call.arg(0, "text"), Use.HTML).but(facts=MARKS)


@on_call(
    "lxml_html_clean.clean_html",
    "lxml_html_clean.Cleaner().clean_html",
    "html_sanitizer.Sanitizer().sanitize",
    "html_sanitizer.sanitizer.Sanitizer().sanitize",
)
def clean_document(call: Call) -> Value:
    """Cleaners of whole documents."""
    return cleaned(call, call.arg(0), Use.HTML)


@on_call("flask_garrison.inputs.safe_url")
def safe_url(call: Call) -> Value:
    """An address of a scheme that runs nothing; it raises for others."""
    return cleaned(call, call.arg(0, "text"), Use.HREF | Use.LINE | Use.LOG).but(facts=frozenset({NO_SCHEME}))


@on_call("flask_garrison.inputs.safe_filename")
def safe_filename(call: Call) -> Value:
    """A name without a path."""
    return cleaned(call, call.arg(0, "text"), Use.PATH | Use.NAME | Use.ARGUMENT | Use.LINE | Use.LOG | MARKUP)


@on_call(
    "markdown.markdown",
    "markdown.Markdown().convert",
    "mistune.html",
    "commonmark.commonmark",
    "cmarkgfm.github_flavored_markdown_to_html",
)
def markdown(call: Call) -> Value:
    """Markdown lets HTML through as it is."""
    return changed(call, call.arg(0, "text"))


@on_call("markdown2.markdown", "markdown2.Markdown().convert")
def markdown_in_safe_mode(call: Call) -> Value:
    """It escapes or drops HTML where it is told to."""
    safe = call.arg(None, "safe_mode")
    kept = safe is None or not safe.known or not safe.constant
    return changed(call, call.arg(0, "text")) if kept else cleaned(call, call.arg(0, "text"), Use.HTML)


@on_call("mistune.markdown")
def mistune(call: Call) -> Value:
    """It escapes HTML unless it is told not to."""
    escape = call.arg(1, "escape")
    kept = escape is not None and not escape.is_only(True)
    return changed(call, call.arg(0, "text")) if kept else cleaned(call, call.arg(0, "text"), Use.HTML)


@on_call("mistune.create_markdown", "bleach.Cleaner", "nh3.Cleaner")
def configured(call: Call) -> Value | None:
    """A cleaner that is made with settings of its own: it is one where they allow nothing that runs."""
    escape, tags = call.arg(0, "escape"), call.arg(None, "tags")
    if call.path == "mistune.create_markdown":
        return Value(path="mistune.html") if escape is not None and escape.is_only(False) else None
    return None if _is_harmless(tags or call.arg(0, "tags")) else UNKNOWN
