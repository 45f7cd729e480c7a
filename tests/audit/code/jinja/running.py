"""Runs lowered templates as Python, with the least that the contract asks for."""

from __future__ import annotations

import ast
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from flask_garrison.audit.code.jinja import Lowered, blocks_of, lower


class _Anything(dict[str, Any]):
    """Builtins in which every name exists, undefined."""

    def __missing__(self, name: str) -> Any:
        return Undefined(name=name)


class Run:
    """One rendering; ``written`` is what the expressions wrote, without the author's text."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.outputs: list[list[str]] = [[]]
        self.running: list[tuple[str, int]] = []

    def render(self, name: str, scope: dict[str, Any]) -> None:
        chain, names = [], dict(scope)
        while True:
            template = lower(self.sources[name], name)
            chain.append(template)
            page = Page(self, names)
            page.blocks = blocks_of(chain)
            self.execute(template.body, page.globals(), names)
            if template.extends is None:
                return
            name = self.evaluate(template.extends, names)

    def execute(self, body: list[ast.stmt], globals_: dict[str, Any], names: dict[str, Any]) -> None:
        code = compile(ast.Module(body=body, type_ignores=[]), "template", "exec")
        names.update(globals_)
        exec(code, names)  # noqa: S102

    def evaluate(self, node: ast.expr, names: dict[str, Any]) -> Any:
        return eval(compile(ast.Expression(node), "template", "eval"), names)  # noqa: S307


class Page:
    """The reserved names of one template."""

    def __init__(self, run: Run, names: dict[str, Any]) -> None:
        self.run = run
        self.names = names
        self.blocks: dict[str, Any] = {}

    def globals(self) -> dict[str, Any]:
        reserved = {f"@{name}": getattr(self, name) for name in ("emit", "data", "block", "include", "capture")}
        reserved |= {"@super": self.parent, "@import": self.module, "@empty": self.empty, "@concat": self.concat}
        reserved |= {"@loop": list}
        reserved |= {"@undefined": Undefined, "@filter.upper": self.upper, "@filter.safe": Markup}
        return {"__builtins__": _Anything()} | reserved

    def emit(self, value: Any, context: str, autoescaped: bool, quote: str | None = None) -> None:
        self.run.outputs[-1].append(str(escape(value)) if autoescaped else str(value))

    def data(self, text: str) -> None:
        self.run.outputs[-1].append(text)

    def capture(self, autoescaped: bool) -> Any:
        def decorate(function: Any) -> Any:
            def collect(*arguments: Any, **keywords: Any) -> str:
                self.run.outputs.append([])
                function(*arguments, **keywords)
                text = "".join(self.run.outputs.pop())
                return Markup(text) if autoescaped else text  # noqa: S704

            return collect

        return decorate

    def block(self, name: str, context: str | None = None, scope: dict[str, Any] | None = None) -> str:
        return self.version(name, 0, scope or {})

    def parent(self, name: str, levels: int) -> str:
        return self.version(name, self.run.running[-1][1] + levels, {})

    def version(self, name: str, level: int, scope: dict[str, Any]) -> str:
        self.run.running.append((name, level))
        names = self.names | scope
        self.run.execute(self.blocks[name][level].body, {}, names)
        self.run.running.pop()
        return ""

    def include(self, name: Any, context: str, scope: dict[str, Any] | None = None, **keywords: bool) -> None:
        names = [name] if isinstance(name, str) else name
        found = next((item for item in names if item in self.run.sources), None)
        if found is not None:
            visible = {key: value for key, value in self.names.items() if "@" not in key}
            self.run.render(found, visible | (scope or {}) if keywords.get("with_context", True) else {})

    def module(self, name: str, **keywords: Any) -> Any:
        names: dict[str, Any] = {}
        template: Lowered = lower(self.run.sources[name], name)
        self.run.execute(template.body, Page(self.run, names).globals(), names)
        return type("Module", (), {key: staticmethod(value) for key, value in names.items() if callable(value)})

    @staticmethod
    def empty(items: Any, filtered: bool) -> bool:
        return not items

    @staticmethod
    def concat(*parts: Any) -> str:
        if any(isinstance(part, Markup) for part in parts):
            return Markup("").join(escape(part) for part in parts)
        return "".join(map(str, parts))

    @staticmethod
    def upper(value: Any) -> Any:
        return value.upper() if isinstance(value, Markup) else str(value).upper()


def written(sources: dict[str, str], name: str = "page.html", **variables: Any) -> str:
    """Return what the expressions of a page write."""
    run = Run(sources)
    run.render(name, variables)
    return "".join(run.outputs[0])
