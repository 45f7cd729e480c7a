"""Wraps the author's elements in a template's syntax tree, so that what they render to is sealed.

The tree is walked in the order of the document with an HTML tokenizer that reads the template's own text; an expression
is one byte that means nothing to it. Branches start from the same state, and the likeliest of their ends goes on.
Bodies that render elsewhere (macros, blocks, ``{% set %}``, ``{% call %}``) start as a document does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from jinja2 import nodes

from ..html import Place, Tag, Tokenizer, likeliest
from .expressions import dotted_name, may_render

if TYPE_CHECKING:
    from .plan import Plan

HOLE = b"\x80"
"""Stands for whatever an expression writes; the author's text is read as ASCII and never contains it."""

Region = Literal["seal", "seal_all", "pin", "mute"]
_SEALED = ("script", "style", "link", "form")
_ENDED_BY_TAG = ("script", "style")
_DECIDING = ("type", "rel", "method")
_SPLIT = (
    "%s, near line %d: <%s> begins in one branch and ends in another, so it gets no nonce and no token. "
    'Write the whole tag in each branch, or nonce="{{ csp_nonce() }}".'
)
_log = logging.getLogger("flask_garrison")


class _Open(NamedTuple):
    """An element at this level whose end tag has not come; indexes into the level's pieces."""

    name: str
    start: int
    tag_end: int


class Weaver:
    """Weaves one template.

    Args:
        plan: Which elements are sealed.
        template: The template's tree, as parsed.
        name: The template's name, for messages.
    """

    def __init__(self, plan: Plan, template: nodes.Template, name: str | None) -> None:
        self.name = name
        self.plan = plan
        self.template = template
        self.tokenizer = Tokenizer()
        self.renderers = frozenset(_names_of_renderers(template))

    def woven(self) -> list[nodes.Node]:
        """Return the template's body with regions in it."""
        return self.level(self.template.body)

    def level(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Return the nodes of one list with regions in it."""
        level = _Level(self)
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    level.output(child)
            else:
                level.statement(node)
        return level.finished()

    def apart(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Weave a body that renders elsewhere."""
        before, self.tokenizer = self.tokenizer, Tokenizer()
        woven = self.level(body)
        self.tokenizer = before
        return woven

    def in_place(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Weave a block: in a script or a value it starts there; it is taken to leave what it found."""
        before = self.tokenizer.copy()
        if before.place is Place.DATA:
            return self.apart(body)
        woven = self.level(body)
        self.tokenizer = before
        return woven

    def branches(self, *bodies: list[nodes.Node], skippable: bool) -> list[list[nodes.Node]]:
        """Weave bodies of which one is rendered, or none if ``skippable``."""
        before = self.tokenizer
        woven, ends = [], [before.copy()] if skippable else []
        for body in bodies:
            self.tokenizer = before.copy()
            woven.append(self.level(body))
            ends.append(self.tokenizer)
        self.tokenizer = likeliest(ends)
        return woven

    def descend(self, node: nodes.Node) -> None:
        """Weave the bodies of a statement."""
        match node:
            case nodes.If():
                self._descend_if(node)
            case nodes.For():
                node.body, node.else_ = self.branches(node.body, node.else_, skippable=True)
            case nodes.Block():
                node.body = self.in_place(node.body)
            case nodes.CallBlock() if isinstance(node.call.node, nodes.ExtensionAttribute):
                node.body = self.level(node.body)
            case nodes.Macro() | nodes.CallBlock() | nodes.AssignBlock():
                node.body = self.apart(node.body)
            case nodes.With() | nodes.FilterBlock() | nodes.Scope() | nodes.ScopedEvalContextModifier():
                node.body = self.level(node.body)
            case nodes.Extends():
                self.tokenizer = Tokenizer()

    def _descend_if(self, node: nodes.If) -> None:
        alternatives = [node, *node.elif_]
        woven = self.branches(*(one.body for one in alternatives), node.else_, skippable=False)
        for one, body in zip(alternatives, woven, strict=False):
            one.body = body
        node.else_ = woven[-1]


class _Level:
    """One list of nodes on its way through the weaver."""

    def __init__(self, weaver: Weaver) -> None:
        self.weaver = weaver
        self.pieces: list[nodes.Node] = []
        self.tag_start: int | None = None
        self.varied = False
        self.open: _Open | None = None

    def output(self, node: nodes.Node) -> None:
        """Take the next part of an output: the author's text, or an expression."""
        if isinstance(node, nodes.TemplateData):
            self._text(node)
            return
        place = self.weaver.tokenizer.place
        piece: nodes.Node = _output(node)
        if place is Place.DATA:
            if dotted_name(node) in self.weaver.plan.calls:
                piece = _region("seal_all", [piece])
        elif may_render(node, self.weaver.renderers):
            piece = _region("mute", [piece])
        self.pieces.append(piece)
        self._hole()

    def statement(self, node: nodes.Node) -> None:
        """Take the next statement, with all that stands in it."""
        tokenizer = self.weaver.tokenizer
        self.varied = self.varied or tokenizer.place is Place.TAG
        renders = isinstance(node, nodes.Include | nodes.Block | nodes.CallBlock)
        muted = renders and tokenizer.place is not Place.DATA
        self.weaver.descend(node)
        self.pieces.append(_region("mute", [node]) if muted else node)
        if renders:
            self._hole()

    def finished(self) -> list[nodes.Node]:
        """Return the level's nodes, outputs that stand side by side as one."""
        self._pin()
        return list(_joined(self.pieces))

    def _hole(self) -> None:
        if self.weaver.tokenizer.place is not Place.DATA:
            self.weaver.tokenizer.feed(HOLE)

    def _text(self, node: nodes.TemplateData) -> None:
        tokenizer = self.weaver.tokenizer
        done = 0
        for tag in tokenizer.feed(node.data.encode("ascii", "replace")):
            if tag.name in _SEALED:
                done = self._tag(tag, node, done)
            self.tag_start, self.varied = None, False
        if tokenizer.place is Place.TAG and tokenizer.held <= len(node.data):
            self._add(node, done, len(node.data) - tokenizer.held)
            done = len(node.data) - tokenizer.held
            self.tag_start = len(self.pieces)
        self._add(node, done, len(node.data))

    def _tag(self, tag: Tag, node: nodes.TemplateData, done: int) -> int:
        """Deal with a tag of a kind that may be sealed; return up to where the node's text became pieces."""
        if self.open is not None and tag.closing and tag.name == self.open.name:
            self._add(node, done, tag.end)
            self._close(self.open)
        elif not _may_be_wanted(self.weaver.plan, tag, self.varied):
            return done
        elif tag.start < 0 and self.tag_start is None:
            _log.warning(_SPLIT, self.weaver.name or "a template", node.lineno, tag.name)
            return done
        else:
            self._begin(tag, node, done)
        return tag.end

    def _begin(self, tag: Tag, node: nodes.TemplateData, done: int) -> None:
        self._add(node, done, tag.start)
        start = len(self.pieces) if self.tag_start is None else self.tag_start
        self._add(node, max(done, tag.start, 0), tag.end)
        start -= self._pin()
        if tag.name in _ENDED_BY_TAG:
            self.open = _Open(tag.name, start, len(self.pieces))
        else:
            self._wrap("seal", start, len(self.pieces))

    def _add(self, node: nodes.TemplateData, start: int, end: int) -> None:
        if start < end:
            self.pieces.append(_output(nodes.TemplateData(node.data[start:end], lineno=node.lineno)))

    def _close(self, element: _Open) -> None:
        if any(_leaves(piece) for piece in self.pieces[element.start :]):
            self._pin()
            return
        self._wrap("seal", element.start, len(self.pieces))
        self.open = None

    def _pin(self) -> int:
        """Give up on the open element's content: its end stands at another level. Return how many pieces it saved."""
        if self.open is None:
            return 0
        saved = self._wrap("pin", self.open.start, self.open.tag_end)
        self.open = None
        return saved

    def _wrap(self, kind: Region, start: int, end: int) -> int:
        self.pieces[start:end] = [_region(kind, list(_joined(self.pieces[start:end])))]
        return end - start - 1


def _may_be_wanted(plan: Plan, tag: Tag, varied: bool) -> bool:
    """Return whether the tag is wanted as it stands, or that is decided by what it renders to."""
    if tag.closing or tag.name not in _SEALED:
        return False
    attributes = tag.attributes
    open_question = varied or any(HOLE.decode("latin-1") in name for name in attributes)
    return open_question or any(HOLE in attributes.get(name, b"") for name in _DECIDING) or plan.wants(tag)


def _output(node: nodes.Node) -> nodes.Output:
    return nodes.Output([node], lineno=node.lineno)


def _region(kind: Region, body: list[nodes.Node]) -> nodes.Node:
    region = nodes.ScopedEvalContextModifier([], body, lineno=body[0].lineno)
    region.garrison = kind  # type: ignore[attr-defined]
    return region


def _joined(pieces: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield the pieces, outputs side by side joined into one, as the parser makes them and compiles best."""
    for are_outputs, run in groupby(pieces, lambda piece: isinstance(piece, nodes.Output)):
        if are_outputs:
            outputs = list(run)
            children = [child for output in outputs for child in output.iter_child_nodes()]
            yield nodes.Output(children, lineno=outputs[0].lineno)
        else:
            yield from run


def _leaves(node: nodes.Node) -> bool:
    """Return whether a ``{% break %}`` or ``{% continue %}`` leaves the region, and what it wrote, half way."""
    jumps = (nodes.Break, nodes.Continue)
    return isinstance(node, jumps) or any(True for _ in node.find_all(jumps))


def _names_of_renderers(template: nodes.Template) -> Iterator[str]:
    """Yield the names whose calls render templates: this one's macros, and what it imports."""
    yield from ("caller", "super", "self")
    for macro in template.find_all(nodes.Macro):
        yield macro.name
    for module in template.find_all(nodes.Import):
        yield module.target
    for names in template.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in names.names)
