"""The code generator that writes calls of the renderer into compiled templates."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from .plan import is_html
from .weaver import Weaver


class _Sealing(CodeGenerator):
    """Compiles as its base does, once the author's elements are wrapped.

    A wrapped region stands in the tree as a ``ScopedEvalContextModifier`` without options: variables set inside stay
    visible outside, which no other node does. The region's ``garrison`` attribute says what becomes of its output.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Wrap the author's elements first, if this is an HTML template."""
        if is_html(self.name):
            plan = self.environment.garrison.plan  # type: ignore[attr-defined]
            node.body = Weaver(plan, node, self.name).woven()
            node.set_environment(self.environment)
        super().visit_Template(node, frame)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> None:
        """Capture what a wrapped region writes."""
        region = getattr(node, "garrison", None)
        if region is None:
            super().visit_ScopedEvalContextModifier(node, frame)
        elif region == "mute":
            self._write_muted(node, frame)
        elif region == "seal" and (text := _fixed_text(node)) is not None:
            self._write_output(f"environment.garrison.seal_fixed({text!r})", node, frame)
        else:
            buffer = self._capture(node, frame)
            self._write_output(f"environment.garrison.{region}(concat({buffer}))", node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Write includes without context into the buffer; Jinja yields them past it."""
        if node.with_context or self.environment.is_async or frame.buffer is None:
            super().visit_Include(node, frame)
            return
        self.writeline("for event in environment.garrison.included(environment, ", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, {node.ignore_missing!r}):")
        self.indent()
        self.simple_write("event", frame)
        self.outdent()

    def _capture(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> str | None:
        inner = frame.soft()
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        return inner.buffer

    def _write_muted(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> None:
        # Nothing may be yielded while muted: whoever reads the stream would be muted too.
        inner = frame.soft()
        if frame.buffer is None:
            self.buffer(inner)
        token = self.temporary_identifier()
        self.writeline(f"{token} = environment.garrison.mute()")
        self.writeline("try:")
        self.indent()
        self.blockvisit(node.body, inner)
        self.outdent()
        self.writeline(f"finally: environment.garrison.unmute({token})")
        if frame.buffer is None:
            self._write_output(f"concat({inner.buffer})", node, frame)

    def _write_output(self, expression: str, node: nodes.Node, frame: Frame) -> None:
        """Write an expression as Jinja writes output: not at all beside blocks of a template that extends another."""
        if frame.require_output_check:
            if self.has_known_extends:
                return
            self.writeline("if parent_template is None:")
            self.indent()
        self.simple_write(expression, frame, node)
        if frame.require_output_check:
            self.outdent()


def _fixed_text(node: nodes.ScopedEvalContextModifier) -> str | None:
    """Return the region's text if it has no variable part."""
    outputs = [child for item in node.body if isinstance(item, nodes.Output) for child in item.nodes]
    fixed = [child.data for child in outputs if isinstance(child, nodes.TemplateData)]
    whole = len(fixed) == len(outputs) and all(isinstance(item, nodes.Output) for item in node.body)
    return "".join(fixed) if whole else None


@cache
def sealing(base: Any) -> type[CodeGenerator]:
    """Return the code generator that does what ``base`` does and seals."""
    return type("SealingCodeGenerator", (_Sealing, base), {})
