"""Template sources that a client writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.stored import is_of_database
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

TEMPLATE_INJECTION = Rule(
    id="inputs.template-injection",
    kind="code",
    control="inputs.templates",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(1336, 94),
    asvs=("V1.3.7",),
    title="A client's text becomes part of a template's source",
    why="What stands between `{{` and `}}` is code. From any value of a template it reaches the classes of Python, and "
    "through them the configuration, the secret key and the shell. Escaping for HTML leaves the braces as they are.",
    fix="Keep the source constant, and give the value to the template as a variable.",
    before='render_template_string("<p>Hello " + name + "</p>")',
    after='render_template_string("<p>Hello {{ name }}</p>", name=name)',
    guard="Nothing yet: the sensor at the template engine comes in a later version.",
    language="python",
    lesson="inputs-template-from-a-user",
    items=(87,),
)

_SOURCES = (
    "flask.render_template_string", "flask.stream_template_string", "flask.templating.stream_template_string",
    "flask.templating.render_template_string", "jinja2.Template", "jinja2.Environment().from_string",
    "jinja2.Environment().compile_expression", "jinja2.environment.Template", "jinja2.Environment().compile",
    "jinja2.NativeEnvironment().from_string", "jinja2.nativetypes.NativeEnvironment().from_string",
    "jinja2.nativetypes.NativeTemplate", "jinja2.Environment().overlay().from_string",
    "jinja2.environment.Environment().from_string", "flask.Flask().jinja_env.from_string",
    "flask.current_app.jinja_env.from_string", "flask.Flask().jinja_env.compile_expression", "mako.template.Template",
    "tornado.template.Template", "django.template.Template", "django.template.Engine().from_string",
    "chameleon.PageTemplate", "chameleon.PageTextTemplate", "genshi.template.MarkupTemplate",
    "genshi.template.TextTemplate", "genshi.template.NewTextTemplate", "Cheetah.Template.Template",
    "bottle.template", "bottle.SimpleTemplate", "airspeed.Template", "?.from_string", "?.render_template_string",
    "?.compile_expression",
)  # fmt: skip
_SANDBOXES = (
    "jinja2.sandbox.SandboxedEnvironment().from_string",
    "jinja2.sandbox.ImmutableSandboxedEnvironment().from_string",
)

_BOXES = frozenset({"SandboxedEnvironment", "ImmutableSandboxedEnvironment"})


@checks(TEMPLATE_INJECTION, reads="call", of=(*_SOURCES, *_SANDBOXES))
def template_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in a template's source."""
    if call.path.startswith("mako.") and not call.given(0, "text"):
        return
    known = call.path in _SANDBOXES or (call.path in _SOURCES and call.path[0] != "?")
    if not known and not _is_environment(call):
        return
    for hole in call.tainted(call.arg(0, "source", "template", "text"), Use.TEMPLATE):
        name = call.name or call.path.rpartition(".")[2]
        title = f"{name}() is given a template that a client's text is part of"
        boxed = "sandbox" in call.path or _makes_sandboxes(call.source.tree)
        # Who may edit a template that is kept whole is for the application to say; a guess of the engine is none more.
        kept = is_of_database(hole.value.step) and not (hole.before or hole.after)
        confidence = Confidence.LOW if kept and not known else None
        yield call.flow(hole, Use.TEMPLATE, title, severity=Severity.MEDIUM if boxed else None, confidence=confidence)
        return


def _makes_sandboxes(tree: ast.Module) -> bool:
    """Return whether the environments that a module makes are sandboxed ones, all of them."""
    called = {_last_name(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return bool(called & _BOXES) and not called & {"Environment", "NativeEnvironment", "Template"}


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_environment(call: Call) -> bool:
    """Return whether a method such as ``from_string`` is a template engine's: by its owner's name."""
    if call.name == "render_template_string":
        return True
    owner = getattr(getattr(call.node, "func", None), "value", None)
    name = (getattr(owner, "attr", "") or getattr(owner, "id", "")).lower()
    return any(word in name for word in ("env", "jinja", "template", "engine")) or "jinja" in call.path.lower()
