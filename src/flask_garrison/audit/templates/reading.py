"""The template files of a target, found by name and read as Flask reads them; no code of the target runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from jinja2 import TemplateSyntaxError

from ...findings import NotChecked
from ..files import UnreadableError, Walk, read_text, shown
from . import jinja
from .markup import Tag, read_tags

_HTML = frozenset({".html", ".htm", ".xhtml"})
_JINJA = frozenset({".j2", ".jinja", ".jinja2", ".tmpl", ".tpl"})
_ACCEPT = "Repair it; if it is no Jinja template, accept this entry in garrison.toml."


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template that was read.

    Attributes:
        path: The file.
        name: Its path relative to the target, with forward slashes.
        tags: The start tags that its author wrote, in their order.
        uses: Names of the templates that it extends, includes or imports.
    """

    path: Path
    name: str
    tags: tuple[Tag, ...]
    uses: frozenset[str]


def find_templates(root: Path) -> tuple[list[Path], list[NotChecked]]:
    """Return the template files below a folder (or the one file), and what could not be looked into."""
    walk = Walk(root, is_template)
    return walk.files(), walk.not_checked


def is_template(path: PurePath) -> bool:
    """Return whether a file, by its path, is a template that makes HTML (or SVG, inside a folder of templates)."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    among_templates = "templates" in path.parts[:-1]
    wrapped = bool(suffixes) and suffixes[-1] in _JINJA
    if wrapped:
        suffixes.pop()
    if not suffixes:
        return wrapped
    return suffixes[-1] in _HTML or (among_templates and suffixes[-1] == ".svg")


def read_template(root: Path, path: Path) -> Template:
    """Read one file.

    Raises:
        UnreadableError: with words for the report.
    """
    source = read_text(path)
    name = path.relative_to(root).as_posix() if path != root else path.name
    try:
        tree = jinja.check_syntax(source) if _is_jinja(PurePath(name)) else None
        pieces = jinja.split(source) if _is_jinja(PurePath(name)) else jinja.plain(source)
        uses = frozenset(jinja.references(tree)) if tree is not None else frozenset()
        return Template(path=path, name=name, tags=tuple(read_tags(pieces)), uses=uses)
    except TemplateSyntaxError as error:
        raise UnreadableError(f"Jinja cannot read it: line {error.lineno}: {error.message}", _ACCEPT) from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply", _ACCEPT) from error
    except Exception as error:
        # Whatever one file does to the reader must neither end the audit nor pass as clean.
        raise UnreadableError(f"an error inside the reader: {type(error).__name__}: {error}", _ACCEPT) from error


def read_templates(root: Path, paths: list[Path]) -> tuple[list[Template], list[NotChecked]]:
    """Read files; those that cannot be read are named."""
    templates: list[Template] = []
    not_checked: list[NotChecked] = []
    for path in paths:
        try:
            templates.append(read_template(root, path))
        except UnreadableError as error:
            not_checked.append(NotChecked(what=shown(path), reason=error.reason, how_to_include=error.how_to_include))
    return templates, not_checked


def _is_jinja(path: PurePath) -> bool:
    """Return whether Jinja compiles the file; what lies below a static folder is sent as it is."""
    return "static" not in path.parts[:-1] or path.suffix.lower() in _JINJA
