"""Questions about expressions in templates."""

from __future__ import annotations

from jinja2 import nodes


def dotted_name(expression: nodes.Node) -> str:
    """Return ``"a.b"`` for ``{{ a.b(...) }}`` and ``{{ a.b }}``, with or without filters behind it, else ``""``."""
    while isinstance(expression, nodes.Filter) and expression.node is not None:
        expression = expression.node
    return _dotted(expression.node if isinstance(expression, nodes.Call) else expression)


def may_render(expression: nodes.Node, renderers: frozenset[str]) -> bool:
    """Return whether an expression calls something that renders a template.

    Args:
        expression: Any expression.
        renderers: Names of macros and imported modules. Other calls (``url_for``, ``_``) are cheap and frequent in
            attribute values; they do not render.
    """
    calls = [expression] if isinstance(expression, nodes.Call) else []
    return any(_root(call.node) in renderers for call in (*calls, *expression.find_all(nodes.Call)))


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        owner = _dotted(node.node)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Call):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
