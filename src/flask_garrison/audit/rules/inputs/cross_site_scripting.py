"""What a client sends, shown where a browser runs it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Answer, Call, Emission
from ...code.html_uses import Place, dangerous_uses, place_after, words
from ...code.interpreter.operators import MARKED
from ...code.jinja import contexts
from ...code.values.pieces import Hole
from ...code.values.quoting import stays_inside
from ...code.values.taint import Use, both
from ...code.values.value import UNKNOWN, Value
from ...rule import Match, Rule, checks

_WHY = (
    "Whoever makes a victim open an address of the application, or stores a text in it, runs a script there as that "
    "victim: it reads what the victim may read, and does what the victim may do."
)

REFLECTED_XSS = Rule(
    id="inputs.reflected-xss",
    kind="code",
    control="inputs.output-encoding",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(79,),
    asvs=("V1.2.1",),
    title="An answer of HTML contains what the client sent",
    why=_WHY,
    fix="Render a template, whose values Jinja escapes, or escape with markupsafe.escape() for a place between tags or "
    "in a quoted attribute; answer with jsonify() where it is no page.",
    before="return f\"<p>Nothing found for {request.args['q']}</p>\"",
    after='return render_template("nothing.html", query=request.args["q"])',
    guard="The Content-Security-Policy that it sets by default keeps inline scripts from running.",
    language="python",
    lesson="inputs-echo-back",
)

STORED_XSS = Rule(
    id="inputs.stored-xss",
    kind="code",
    control="inputs.output-encoding",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(79,),
    asvs=("V1.2.1",),
    title="A page shows what was stored without escaping it",
    why=_WHY,
    fix="Escape it where it is shown; rich text is cleaned with flask_garrison.inputs.clean_html() before it is "
    "marked.",
    before='return f"<p>{note.text}</p>"',
    after='return render_template("note.html", note=note)',
    guard="The Content-Security-Policy that it sets by default keeps inline scripts from running.",
    language="python",
    lesson="inputs-echo-back",
)

TEMPLATE_XSS = Rule(
    id="inputs.template-xss",
    kind="code",
    control="inputs.template-contexts",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(79, 83),
    asvs=("V1.2.1", "V1.2.3"),
    title="A template shows what the client sent in a place where Jinja's escaping does not protect",
    why=_WHY,
    fix="Leave out |safe and Markup(); put attributes into quotes; pass values to scripts with |tojson; check the "
    "scheme "
    "of a link before it is shown.",
    before="<p title={{ query }}>",
    after='<p title="{{ query }}">',
    guard="The Content-Security-Policy that it sets by default keeps inline scripts and javascript: links from "
    "running.",
    language="jinja",
    lesson="inputs-bare-attribute",
    items=(85, 86),
)

UNSAFE_MARKUP = Rule(
    id="inputs.unsafe-markup",
    kind="code",
    control="inputs.output-encoding",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(79,),
    asvs=("V1.2.1",),
    title="A text that a client had a hand in is marked as HTML",
    why=_WHY,
    fix="Mark only the code's own text and let it take the value up: Markup('<b>{}</b>').format(value) escapes it. "
    "Rich "
    "text is cleaned with flask_garrison.inputs.clean_html().",
    before='Markup(f"<b>{name}</b>")',
    after='Markup("<b>{}</b>").format(name)',
    guard="The Content-Security-Policy that it sets by default keeps inline scripts from running.",
    language="python",
    lesson="inputs-echo-back",
    items=(85,),
)

_STRINGS = (contexts.SCRIPT_STRING, contexts.STYLE_ATTRIBUTE)
_HTML = ("html", "xml", "svg")


@checks(UNSAFE_MARKUP, reads="call", of=("markupsafe.Markup",), by_client=True)
def unsafe_markup(call: Call) -> Iterator[Match]:
    """Find a client's text that is marked as HTML although nothing escaped it."""
    value = call.arg(0, "object")
    if value is None or MARKED in value.facts or _taken_back(call):
        return
    for hole in call.tainted(value, Use.HTML):
        if MARKED in hole.value.facts:
            continue
        severity = Severity.MEDIUM if _is_stored(hole.value) else None
        yield call.flow(hole, Use.HTML, f"{_what(hole.value)} is marked as HTML unescaped", severity=severity)


def _taken_back(call: Call) -> bool:
    """Return whether the mark is there to take markup out again: ``Markup(text).striptags()`` is a plain text."""
    if call.taint(call.arg(0, "object") or UNKNOWN) and isinstance(call.node, ast.Call):
        attributes = (node for node in ast.walk(call.source.tree) if isinstance(node, ast.Attribute))
        return any(node.value is call.node and node.attr in ("unescape", "striptags") for node in attributes)
    return False


@checks(REFLECTED_XSS, reads="answer")
def reflected(answer: Answer) -> Iterator[Match]:
    """Find a client's text in the body of a page."""
    yield from _in_answer(answer, stored=False)


@checks(STORED_XSS, reads="answer")
def stored(answer: Answer) -> Iterator[Match]:
    """Find a stored text in the body of a page."""
    yield from _in_answer(answer, stored=True)


def _in_answer(answer: Answer, *, stored: bool) -> Iterator[Match]:
    if not _is_page(answer):
        return
    for hole in answer.tainted(answer.body, ~0 & ((1 << 40) - 1)):
        place = place_after(hole.before)
        uses = dangerous_uses(place, escaped=False)
        if _is_stored(hole.value) is stored and _has(answer, hole, place, uses):
            title = f"the answer contains {_what(hole.value)} unescaped, {words(place)}"
            yield answer.flow(hole, uses, title)


def _has(answer: Answer, hole: Hole, place: Place, uses: int) -> bool:
    taint = answer.taint(hole.value)
    if place.context in _STRINGS and not taint & both(Use.QUOTE):
        # Without a quote it stays inside of the string, as what Jinja escapes does.
        return False
    return bool(taint & both(uses))


def _is_page(answer: Answer) -> bool:
    """Return whether a browser reads the body as a page: Flask's own type for a text is HTML."""
    kind = answer.content_type
    if kind.taint:
        return True
    texts = kind.texts()
    if not texts:
        return False
    return any(text == "" or any(word in text.lower() for word in _HTML) for text in texts)


def _is_stored(value: Value) -> bool:
    return value.step is not None and value.step.stored


def _what(value: Value) -> str:
    label = value.step.label if value.step is not None else ""
    return label or "what a client sent"


@checks(TEMPLATE_XSS, reads="emission")
def in_template(emission: Emission) -> Iterator[Match]:
    """Find a client's value that a template writes where escaping does not protect, or unescaped."""
    uses = dangerous_uses(emission.place, emission.escaped)
    if not uses:
        return
    for hole in emission.tainted(emission.value, uses):
        if (emission.escaped and _begins_elsewhere(hole)) or _stays_inside(emission, hole, uses):
            continue
        how = "" if emission.escaped else " unescaped"
        severity = Severity.MEDIUM if _is_stored(hole.value) else None
        title = f"the template shows {_what(hole.value)}{how} {words(emission.place)}"
        yield emission.flow(hole, uses, title, severity=severity)


def _begins_elsewhere(hole: Hole) -> bool:
    """Return whether a link begins with the code's own text, so that its scheme is not the client's."""
    return hole.before.startswith(("/", "#", "?", ".")) or ":" in hole.before


def _stays_inside(emission: Emission, hole: Hole, uses: int) -> bool:
    """Return whether a value cannot end the quote that it stands in, and nothing else makes it dangerous."""
    quote = emission.place.quote or ("'" if emission.place.context == contexts.ATTRIBUTE_SINGLE else "")
    if not quote or not stays_inside(hole.value, quote):
        return False
    return not emission.taint(hole.value) & both(uses & ~Use.QUOTE)
