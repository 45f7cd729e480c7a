"""What a template can reach, and who can write one: what turns an injected template into a taken server."""

from __future__ import annotations

import builtins
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import BaseLoader, Environment
from jinja2.sandbox import SandboxedEnvironment

from ....findings import Confidence, Evidence, Severity
from ...facts.own_code import own_modules
from ...inspected import Inspected
from ...rule import Match, Rule, checks

GLOBALS = Rule(
    id="inputs.template-globals",
    kind="runtime",
    control="inputs.templates",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(94, 1336),
    asvs=("V1.3.7",),
    title="Templates can call what runs code or commands",
    why="Who can change a template, or gets a piece of one rendered, needs nothing more than the name. Templates are "
    "often written by more people than code is.",
    fix="Give templates the one function that they need.",
    before='app.jinja_env.globals["os"] = os',
    after='app.jinja_env.globals["hostname"] = os.uname().nodename',
    guard="Nothing: templates are the application's.",
    language="python",
    lesson="inputs-template-from-a-user",
    items=(90,),
)

DEBUG_TAG = Rule(
    id="inputs.template-debug-tag",
    kind="runtime",
    control="inputs.templates",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(489, 1336),
    asvs=("V13.4.2",),
    title="Templates can print everything that they know",
    why="Jinja's debug extension adds {% debug %}, which writes the whole context, filters and tests into the page. A "
    "tag that was forgotten shows it to visitors.",
    fix="Load the extension in development only.",
    before='app.jinja_env.add_extension("jinja2.ext.debug")',
    after='if app.debug:\n    app.jinja_env.add_extension("jinja2.ext.debug")',
    guard="Nothing: templates are the application's.",
    language="python",
    items=(90,),
)

FOREIGN = Rule(
    id="inputs.templates-from-elsewhere",
    kind="runtime",
    control="inputs.templates",
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    cwe=(94, 1336),
    asvs=("V1.3.7",),
    title="Templates come from a loader of the project's own and are rendered without a sandbox",
    why="A loader that reads a database or another store renders what can be written there. Jinja's usual environment "
    "lets a template reach the interpreter.",
    fix="Render what users can write in an ImmutableSandboxedEnvironment of its own; where only developers can, "
    "ignore this finding in garrison.toml with that as the reason.",
    before="app.jinja_loader = FunctionLoader(template_from_database)",
    after="users = ImmutableSandboxedEnvironment(autoescape=True, loader=FunctionLoader(template_from_database))",
    guard="Nothing: templates are the application's.",
    language="python",
    lesson="inputs-template-from-a-user",
    items=(91,),
)

BARE = Rule(
    id="inputs.bare-jinja-environment",
    kind="runtime",
    control="inputs.output-encoding",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(79, 116),
    asvs=("V1.1.2", "V1.2.1"),
    title="A second Jinja environment does not escape",
    why="Jinja's own default is no escaping. An environment that is made beside Flask's puts values into pages and "
    "mails as they came.",
    fix="Use render_template, or ask for escaping.",
    before='environment = Environment(loader=FileSystemLoader("mails"))',
    after='environment = Environment(loader=FileSystemLoader("mails"), autoescape=select_autoescape())',
    guard="Its Content-Security-Policy covers pages, and no mail.",
    language="python",
    lesson="inputs-echo-back",
    items=(92,),
)

WRITABLE = Rule(
    id="inputs.writable-templates",
    kind="runtime",
    control="inputs.templates",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(276, 732, 1336),
    asvs=("V1.3.7",),
    title="Every user of the machine can write templates",
    why="Whoever changes a template runs code in the application at the next request that renders it.",
    fix="Take the right to write away from others: chmod o-w.",
    before="chmod 777 templates",
    after="chmod 755 templates",
    guard="Nothing: it does not watch the file system.",
    language="sh",
    items=(93,),
)

_MODULES = frozenset(
    [
        "os",
        "sys",
        "subprocess",
        "builtins",
        "importlib",
        "shutil",
        "socket",
        "pickle",
        "marshal",
        "ctypes",
        "code",
        "pty",
    ]
)
_BUILTINS = ("eval", "exec", "compile", "open", "__import__", "input", "breakpoint")
_KNOWN_LOADERS = ("jinja2.loaders", "flask.templating", "flask_", "flask.")


def _dangerous(value: Any) -> str | None:
    if isinstance(value, ModuleType) and value.__name__ in _MODULES:
        return f"the module {value.__name__}"
    if any(value is getattr(builtins, name) for name in _BUILTINS):
        return f"{value.__name__}()"
    module = getattr(value, "__module__", None)
    if module in ("os", "posix", "subprocess", "pickle", "_pickle") and callable(value):
        name = getattr(value, "__name__", "")
        return f"{module}.{name}()" if name in ("system", "popen", "Popen", "run", "check_output", "loads") else None
    return None


@checks(GLOBALS, reads="app")
def reachable(inspected: Inspected) -> Iterator[Match]:
    """Look through globals, filters and tests by what they are, whatever they are called."""
    environment = inspected.app.jinja_env
    for kind, named in (("global", environment.globals), ("filter", environment.filters), ("test", environment.tests)):
        for name, value in named.items():
            danger = _dangerous(value)
            if danger is not None:
                yield Match(f"the {kind} {name} of templates is {danger}")


@checks(DEBUG_TAG, reads="app")
def debug_tag(inspected: Inspected) -> Iterator[Match]:
    """Find the extension in an application that is not in debug mode."""
    if "jinja2.ext.DebugExtension" in inspected.app.jinja_env.extensions and not inspected.app.debug:
        yield Match("the extension jinja2.ext.debug is loaded")


@checks(FOREIGN, reads="app")
def foreign(inspected: Inspected) -> Iterator[Match]:
    """Find loaders that are neither Jinja's nor an extension's, and those that call a function."""
    if isinstance(inspected.app.jinja_env, SandboxedEnvironment):
        return
    for loader in _loaders(inspected.app):
        kind = type(loader)
        if kind.__name__ == "FunctionLoader" or not kind.__module__.startswith(_KNOWN_LOADERS):
            yield Match(f"templates come from {kind.__name__}")


def _loaders(app: Any) -> Iterator[BaseLoader]:
    for scaffold in (app, *app.blueprints.values()):
        pending = [scaffold.jinja_loader]
        while pending:
            loader = pending.pop()
            if loader is not None:
                yield loader
            pending += getattr(loader, "loaders", None) or ()
            pending += (getattr(loader, "mapping", None) or {}).values() if hasattr(loader, "delimiter") else ()


@checks(BARE, reads="app")
def bare(inspected: Inspected) -> Iterator[Match]:
    """Find environments in the modules of the project that do not escape a page."""
    for module in own_modules(inspected):
        for name, value in list(vars(module).items()):
            if isinstance(value, Environment) and value is not inspected.app.jinja_env and not _escapes(value):
                summary = f"{module.__name__}.{name}.autoescape is {value.autoescape!r}"
                title = f"{module.__name__}.{name} does not escape"
                yield Match(title, path=module.__file__, evidence=(Evidence("config", summary),))


def _escapes(environment: Environment) -> bool:
    chosen = environment.autoescape
    return bool(chosen("page.html")) if callable(chosen) else bool(chosen)


@checks(WRITABLE, reads="app", needs=lambda inspected: os.name == "posix")
def writable(inspected: Inspected) -> Iterator[Match]:
    """Look at the rights of the folders that loaders read; a sticky folder keeps strangers from replacing files."""
    for loader in _loaders(inspected.app):
        for folder in map(Path, getattr(loader, "searchpath", ())):
            if folder.is_dir():
                mode = folder.stat().st_mode
                if mode & stat.S_IWOTH:
                    summary = f"{folder} has the mode {stat.S_IMODE(mode):04o}"
                    title = f"the template folder {folder.name} is writable for everybody"
                    yield Match(title, path=str(folder), evidence=(Evidence("file", summary),))
