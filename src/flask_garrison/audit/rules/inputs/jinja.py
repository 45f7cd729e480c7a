"""What Jinja escapes in this application, asked of the environment that renders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import TemplateNotFound

from ....findings import Confidence, Evidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

OFF = Rule(
    id="inputs.autoescape-off",
    kind="runtime",
    control="inputs.output-encoding",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(79, 116),
    asvs=("V1.1.2", "V1.2.1"),
    title="Jinja's autoescaping is switched off for HTML",
    why="Every value that a template shows is then part of the page as it came: a name with a <script> in it runs for "
    "each visitor.",
    fix="Leave jinja_env.autoescape as Flask sets it, and mark the few values that are HTML.",
    before="app.jinja_env.autoescape = False",
    after="app.jinja_env.autoescape = app.select_jinja_autoescape",
    guard="Its Content-Security-Policy keeps injected scripts from running. It does not escape for the application.",
    language="python",
    lesson="inputs-echo-back",
    items=(84, 88),
)

NOT_ESCAPED = Rule(
    id="inputs.template-not-escaped",
    kind="runtime",
    control="inputs.output-encoding",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(79, 116),
    asvs=("V1.1.2", "V1.2.1"),
    title="A template that makes HTML is not escaped because of its name",
    why="Flask escapes templates whose names end in .html, .htm, .xml, .xhtml or .svg. In page.html.j2 or page.jinja "
    "every value becomes part of the page as it came.",
    fix="Let the name end in .html, or tell select_jinja_autoescape about the ending.",
    before='render_template("profile.html.j2", name=name)',
    after='render_template("profile.html", name=name)',
    guard="Its Content-Security-Policy keeps injected scripts from running. It does not escape for the application.",
    language="python",
    lesson="inputs-echo-back",
    items=(84,),
)

UNDEFINED = Rule(
    id="inputs.chainable-undefined",
    kind="runtime",
    control="inputs.output-encoding",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(754,),
    asvs=("V1.2.1",),
    title="Misspelt names in templates are silently empty, however deep",
    why="With ChainableUndefined, user.rights.admin is empty where nothing of it exists. A condition such as "
    "{% if not user.rights.blocked %} is then true for everybody after a typo.",
    fix="Use StrictUndefined, at least in the tests.",
    before="app.jinja_env.undefined = ChainableUndefined",
    after="app.jinja_env.undefined = StrictUndefined",
    guard="Nothing: templates are the application's.",
    language="python",
    items=(89,),
)

HTML_NAMES = ("page.html", "page.htm", "page.xhtml", "page.xml", "page.svg")
_TAG = re.compile(
    r"<(?:html|head|body|div|span|p|a|h[1-6]|table|t[rdh]|ul|ol|li|form|input|button|script|img|br|b|i)\b", re.I
)
_OUTPUT = re.compile(r"\{\{-?\s*[^}\s]")
_HARMLESS = re.compile(
    r"\{\{[-+]?\s*(?:(?:url_for|csrf_token|csp_nonce|super|caller)\([^{}()|~+]*\)"
    r"|[^{}]*\|\s*(?:e|escape|forceescape|tojson|urlencode|int|length)(?:\([^{}()]*\))?)\s*-?\}\}"
)
"""What Flask and its extensions make without characters of HTML, and what is escaped where it stands."""
_COMMENT = re.compile(r"\{#.*?#\}", re.S)
_BLOCK = re.compile(r"\{%-?\s*autoescape\s+true")
_TEXT = (
    ".txt",
    ".text",
    ".md",
    ".csv",
    ".js",
    ".css",
    ".json",
    ".sql",
    ".yml",
    ".yaml",
    ".ini",
    ".conf",
    ".toml",
    ".eml",
)
MOST = 5_000


def escapes(inspected: Inspected, name: str | None) -> bool:
    """Return whether the environment escapes a template of this name; ``None`` is a string."""
    chosen = inspected.app.jinja_env.autoescape
    return bool(chosen(name)) if callable(chosen) else bool(chosen)


@checks(OFF, reads="app")
def off(inspected: Inspected) -> Iterator[Match]:
    """Ask for the endings that Flask escapes, and for strings."""
    bare = [name.removeprefix("page") for name in HTML_NAMES if not escapes(inspected, name)]
    if bare:
        yield Match(f"values in {', '.join(bare)} templates are not escaped", subject="autoescape")
    elif not escapes(inspected, None):
        yield Match("values in templates from strings are not escaped", severity=Severity.MEDIUM)


@checks(NOT_ESCAPED, reads="app")
def not_escaped(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Ask for each template that the loaders know, and read those that are not escaped."""
    try:
        names = inspected.app.jinja_env.list_templates()
    except TypeError:
        yield Unchecked("the templates of the loader", "it cannot list them", "Use a loader with list_templates.")
        return
    if not escapes(inspected, "page.html"):
        return
    for name in names[:MOST]:
        if not name.lower().endswith(_TEXT) and not escapes(inspected, name):
            yield from _judge(inspected.app.jinja_env, name)


def _judge(environment: Any, name: str) -> Iterator[Match | Unchecked]:
    try:
        source, file, _ = environment.loader.get_source(environment, name)
    except (TemplateNotFound, UnicodeDecodeError):
        yield Unchecked(f"the template {name}", "it cannot be read as text", "Keep only templates in template folders.")
        return
    text = _COMMENT.sub("", source)
    shown = next((one for one in _OUTPUT.finditer(text) if not _HARMLESS.match(text, one.start())), None)
    if shown is None or _TAG.search(text) is None or _BLOCK.search(text):
        return
    output = text[shown.start() :].partition("}}")[0]
    line = source[: source.find(output)].count("\n") + 1
    summary = f"autoescape({name!r}) is False; line {line} shows a value"
    yield Match(
        f"{name} is not escaped",
        path=file,
        line=line,
        evidence=(Evidence("config", summary, {"template": name}),),
    )


@checks(UNDEFINED, reads="app")
def undefined(inspected: Inspected) -> Iterator[Match]:
    """Find the class that never raises."""
    chosen = inspected.app.jinja_env.undefined
    if any(base.__name__ == "ChainableUndefined" for base in chosen.__mro__):
        yield Match(f"missing values in templates are {chosen.__name__}")
