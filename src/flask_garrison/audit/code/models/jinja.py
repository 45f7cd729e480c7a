"""Templates: ``render_template`` runs the template with what it is given, as if it were code."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..events import Emission
from ..html_uses import Place
from ..interpreter.expressions import held, items_of, reach, sequence, text_of_parts
from ..interpreter.frames import Frame, Stop
from ..interpreter.operators import MARKED
from ..jinja import BlockLowered, Lowered, Templates, lower
from ..jinja.essentials import essential
from ..project.sources import Source
from ..values.facts import lacks
from ..values.objects import Bound, Function, Instance, Mapping, Module, Scope
from ..values.taint import MARKUP, Use, both, without
from ..values.value import EITHER, EMPTY, NONE, UNKNOWN, Value, join
from .registry import alias, on_call, on_decorator, on_set
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

MAX_PAGES: Final = 6
"""How deep templates may include each other."""
_GLOBALS: Final = {
    "request": "flask.request",
    "session": "flask.session",
    "config": "flask.Flask().config",
    "url_for": "flask.url_for",
}

alias(
    {
        "flask.templating.render_template": "flask.render_template",
        "flask.templating.render_template_string": "flask.render_template_string",
        "flask_security.render_template": "flask.render_template",
    }
)


class Page:
    """A template that is being run.

    Attributes:
        name: Of the template.
        names: Its scope.
        blocks: The versions of each block with the files that they stand in, the one that counts first.
        running: Names and versions of the blocks that are being run.
        outputs: For each capture that is being run, what was written to it.
        marks: For each of these, whether its result is marked as HTML.
        source: The file, for steps.
    """

    def __init__(
        self, name: str, scope: Scope, source: Source, blocks: dict[str, list[tuple[BlockLowered, Source]]]
    ) -> None:
        self.name = name
        self.scope = scope
        self.source = source
        self.blocks = blocks
        self.running: list[tuple[str, int]] = []
        self.outputs: list[list[Value]] = []
        self.marks: list[bool] = []


@on_call("flask.render_template", "flask.stream_template")
def render_template(call: Call) -> Value:
    """``render_template(name, **context)``."""
    names = dict(call.keywords)
    given = call.arg(0, "template_name_or_list")
    for name in _template_names(call, given):
        render(call.machine, name, names, call.node, call.more)
    return Value(derived=("rendered", given or UNKNOWN, None))


def _template_names(call: Call, given: Value | None) -> list[str]:
    if given is None:
        return []
    found = list(given.texts())
    for ref in given.refs:
        items, _ = items_of(call.machine, given)
        found += [text for item in items for text in item.texts()] if ref is given.refs[0] else []
    return found[:4]


@on_call("flask.render_template_string")
def render_string(call: Call) -> Value:
    """``render_template_string(source, **context)`` with a source that is known."""
    source = call.arg(0, "source")
    if source is not None and source.known and isinstance(source.constant, str):
        try:
            template = lower(source.constant, None)
        except Exception:
            return UNKNOWN
        _move(template, call.node)
        if _worth_it(call.machine, [template], call.keywords, call.more):
            _run_page(call.machine, [template], dict(call.keywords), call.node, call.source, call.more)
    return Value(derived=("rendered", UNKNOWN, None))


def _move(template: Lowered, node: ast.AST) -> None:
    """Let a template stand where the code has its text: behind the first line only where it is written over several."""
    given = node.args[0] if isinstance(node, ast.Call) and node.args else node
    first = getattr(given, "lineno", 1)
    spans = isinstance(given, ast.Constant) and (given.end_lineno or first) > first
    for body in (template.body, *(block.body for block in template.blocks.values())):
        for statement in body:
            for one in ast.walk(statement):
                if hasattr(one, "lineno"):
                    one.lineno = first + one.lineno - 1 if spans else first


def render(machine: Machine, name: str, names: dict[str, Value], node: ast.AST, more: Value | None = None) -> None:
    """Run a template of the project, its parents with it."""
    templates = templates_for(machine)
    chain = templates.chain(name) if templates is not None else []
    if not chain or not _worth_it(machine, chain, names, more):
        return
    chain = [_essential(machine, template) for template in chain]
    path = templates.path(name) if templates is not None else None
    source = _source(machine, name, path)
    _run_page(machine, chain, names, node, source, more)


def _essential(machine: Machine, template: Lowered) -> Lowered:
    """Return what of a template is run, found out once."""
    found = machine.essentials.get(id(template))
    if found is None:
        found = machine.essentials[id(template)] = essential(template, _HARMLESS_FILTERS)
    return found


def templates_for(machine: Machine) -> Templates | None:
    """Return the templates of the project, the folders nearest to the present file first."""
    return machine.templates.for_file(machine.frame.source.path) if machine.templates is not None else None


def _source(machine: Machine, name: str, path: Path | None) -> Source:
    from ...files import shown

    where = path or Path(name)
    found = machine.template_sources.get(where)
    if found is None:
        found = Source(where, shown(where) if path else name, f"template {name}", ast.Module([], []), is_template=True)
        machine.template_sources[where] = found
    return found


# --- whether running it can show anything ---------------------------------------------------------------------------


def _worth_it(machine: Machine, chain: list[Lowered], names: dict[str, Value], more: Value | None) -> bool:
    tainted = marked = more is not None and machine.taint(more) != 0
    for value in names.values():
        if _carries(machine, value):
            tainted = True
            marked = marked or MARKED in value.facts or bool(value.refs)
    if marked:
        return True
    risky, reads = _nature(machine, chain)
    return risky and (tainted or reads or bool(machine.context_processors))


def _carries(machine: Machine, value: Value, depth: int = 0) -> bool:
    """Return whether a value is, or holds, what somebody else wrote: stored objects are read only when asked."""
    if reach(machine, value)[0] or (value.derived is not None and value.derived[0] in ("stored", "form")):
        return True
    if any(isinstance(ref, Instance) and _is_form(ref) for ref in value.refs):
        return True
    return depth < 3 and any(_carries(machine, item, depth + 1) for ref in value.refs for item in held(ref)[:20])


def _is_form(ref: Instance) -> bool:
    return any(base.startswith(("flask_wtf", "wtforms")) for base in ref.cls.library_bases())


def _nature(machine: Machine, chain: list[Lowered]) -> tuple[bool, bool]:
    """Return whether templates write anything in a place where escaping does not protect, and read the request."""
    risky = reads = False
    for template in _reached(machine, chain):
        mine = machine.natures.get(id(template))
        if mine is None:
            mine = machine.natures[id(template)] = _nature_of(template)
        risky, reads = risky or mine[0], reads or mine[1]
    return risky, reads


def _reached(machine: Machine, chain: list[Lowered]) -> list[Lowered]:
    found: dict[int, Lowered] = {}
    waiting = list(chain)
    templates = templates_for(machine)
    while waiting and len(found) < 200:
        template = waiting.pop()
        if id(template) in found:
            continue
        found[id(template)] = template
        if templates is not None:
            further = (templates.lowered(name) for name in template.references)
            waiting += [one for one in further if one is not None]
    return list(found.values())


_SAFE: Final = frozenset(
    {
        "text",
        "attribute",
        "attribute-single",
        "url-part",
        "url-media",
        "rcdata",
        "comment",
        "script-json",
        "plain",
        "json",
        "xml",
        "sql",
        "css",
        "captured",
        "script-string",
        "style-attribute",
        "url-host",
        "javascript",
    }
)


def _nature_of(template: Lowered) -> tuple[bool, bool]:
    risky = reads = False
    bodies = [template.body, *(block.body for block in template.blocks.values())]
    for body in bodies:
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name):
                    reads = reads or node.id in ("request", "session", "g")
                    risky = risky or node.id in ("@filter.safe", "@markup", "Markup")
                    risky = risky or (node.id.startswith("@filter.") and node.id not in _KNOWN_FILTERS)
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "@emit":
                    context, escaped = node.args[1], node.args[2]
                    if isinstance(context, ast.Constant) and isinstance(escaped, ast.Constant):
                        risky = risky or context.value not in _SAFE or escaped.value is not True
                        risky = risky or (context.value in _DOUBLE and _shows_json(node.args[0]))
    return risky, reads


_DOUBLE: Final = frozenset({"attribute", "url-part", "url-media"})
"""Places that a double quote ends."""


def _shows_json(node: ast.expr) -> bool:
    """Return whether an expression is what ``tojson`` makes, in which double quotes stand as they are."""
    return any(isinstance(one, ast.Name) and one.id == "@filter.tojson" for one in ast.walk(node))


# --- running --------------------------------------------------------------------------------------------------------


def _run_page(
    machine: Machine, chain: list[Lowered], names: dict[str, Value], node: ast.AST, source: Source, more: Value | None
) -> None:
    if len(machine.pages) >= MAX_PAGES:
        return
    scope = Scope(_globals(machine, more), "template", names)
    sources = [source, *(_source_of(machine, template) for template in chain[1:])]
    page = Page(chain[0].name or "", scope, source, _blocks(chain, sources))
    machine.pages.append(page)
    try:
        for template, where in zip(chain, sources, strict=True):
            _in_frame(machine, page, where, node, template.body, scope)
    finally:
        machine.pages.pop()


def _source_of(machine: Machine, template: Lowered) -> Source:
    templates = templates_for(machine)
    name = template.name or ""
    return _source(machine, name, templates.path(name) if templates is not None else None)


def _blocks(chain: list[Lowered], sources: list[Source]) -> dict[str, list[tuple[BlockLowered, Source]]]:
    found: dict[str, list[tuple[BlockLowered, Source]]] = {}
    for template, source in zip(chain, sources, strict=True):
        for name, block_ in template.blocks.items():
            found.setdefault(name, []).append((block_, source))
    return found


def _in_frame(
    machine: Machine, page: Page, source: Source, node: ast.AST | None, body: list[ast.stmt], scope: Scope
) -> None:
    """Run statements of a template in a frame of their own."""
    machine.tick += 1
    outer = machine.frame
    frame = Frame(source, scope, None, node, outer, machine.tick, machine.heap.mark(), machine.refined)
    machine.frame = frame
    pending = machine.pending
    try:
        machine.run(body)
    except Stop:
        return
    finally:
        machine.frame, machine.pending = outer, pending[:]


def _globals(machine: Machine, more: Value | None) -> Scope:
    from .flask_app import globals_of

    names = {name: Value(path=path) for name, path in _GLOBALS.items()}
    names["g"] = globals_of(machine)
    names.update(machine.template_globals)
    names.update(_processed(machine))
    return Scope(None, "globals", names)


def _processed(machine: Machine) -> dict[str, Value]:
    """Return what the project's context processors add, each run once for the request."""
    found: dict[str, Value] = {}
    for number, function in enumerate(machine.context_processors):
        key = ("context processor", number)
        if key not in machine.reads:
            machine.reads[key] = UNKNOWN
            try:
                machine.reads[key] = machine.call(function, [], {}, machine.frame.call or ast.Constant(None))
            except Stop:
                continue
        for ref in machine.reads[key].refs:
            if isinstance(ref, Mapping):
                found.update({str(name): value for name, value in ref.payload[0].items()})
    return found


@on_call("@emit")
def emit(call: Call) -> Value:
    """Something is written."""
    machine = call.machine
    value, context, escaped = call.args[0], str(call.args[1].constant), call.args[2].is_only(True)
    quote = call.keywords.get("quote")
    page: Page = machine.pages[-1] if machine.pages else None  # type: ignore[assignment]
    if page is None:
        return NONE
    if page.outputs:
        marked = MARKED in value.facts and call.taint(value) & both(Use.HTML)
        if context == "captured" and ((escaped and not marked) or not page.marks[-1]):
            page.outputs[-1].append(_escaped(call, value) if escaped else value)
            return NONE
        # Written as it is into what is then marked as HTML: this is the place to look at.
        context = "text" if context == "captured" else context
        page.outputs[-1].append(UNKNOWN)
    place = Place(context, str(quote.constant) if quote is not None and quote.known else None)
    machine.listeners.emitted(Emission(machine, call.node, value, place, escaped and MARKED not in value.facts))
    return NONE


def _escaped(call: Call, value: Value) -> Value:
    return value if MARKED in value.facts else cleaned(call, value, MARKUP)


@on_call("@data")
def data(call: Call) -> Value:
    """The author's text, in a capture."""
    page = call.machine.pages[-1] if call.machine.pages else None
    if page is not None and page.outputs:
        page.outputs[-1].append(call.args[0])
    return NONE


@on_call("@capture")
def capture(call: Call) -> Value:
    """The decorator of what collects."""
    return Value(path="@capture()", derived=("capture", call.args[0], None))


@on_decorator("@capture()")
def captured(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value:
    """A call of the function returns what it writes."""
    for ref in value.refs:
        if isinstance(ref, Function):
            escapes = decorator.derived is not None and decorator.derived[1].is_only(True)
            ref.binding = "capture-escaped" if escapes else "capture"
    return value


def collect(
    machine: Machine, function: Function, args: list[Value], keywords: dict[str, Value], node: ast.AST
) -> Value:
    """Run what collects, and return what was written to it."""
    from ..interpreter.calls import call_function

    if not machine.pages:
        machine.pages.append(Page("", machine.frame.scope, machine.frame.source, {}))
    page = machine.pages[-1]
    page.outputs.append([])
    page.marks.append(function.binding == "capture-escaped")
    try:
        call_function(machine, function, args, keywords, node)
    finally:
        written = page.outputs.pop()
        page.marks.pop()
    text = text_of_parts(machine, written, node) if written else EMPTY
    return text.but(facts=text.facts | {MARKED}) if function.binding == "capture-escaped" else text


@on_call("@block", "@super")
def block(call: Call) -> Value:
    """A block where it stands, or one of its other versions."""
    machine = call.machine
    page: Page | None = machine.pages[-1] if machine.pages else None
    name = str(call.args[0].constant) if call.args and call.args[0].known else ""
    versions = page.blocks.get(name, []) if page is not None else []
    level = 0
    if call.path == "@super" and page is not None:
        level = (page.running[-1][1] if page.running else 0) + int(
            call.args[1].constant if len(call.args) > 1 and call.args[1].known else 1
        )
    if page is None or level >= len(versions) or len(page.running) > 12:
        return UNKNOWN
    scoped: dict[str, Value] = {}
    for ref in call.keywords["scope"].refs if "scope" in call.keywords else ():
        if isinstance(ref, Mapping):
            scoped = {str(key): value for key, value in ref.payload[0].items()}
    version, source = versions[level]
    outer = machine.frame.scope if version.scoped else page.scope
    page.running.append((name, level))
    try:
        _in_frame(machine, page, source, None, version.body, Scope(outer, "block", scoped))
    finally:
        page.running.pop()
    return Value(facts=frozenset({MARKED}))


@on_call("@include")
def include(call: Call) -> Value:
    """Another template, written here."""
    machine = call.machine
    templates = templates_for(machine)
    if templates is None or not call.args:
        return NONE
    context = str(call.args[1].constant) if len(call.args) > 1 and call.args[1].known else None
    for name in _template_names(call, call.args[0]):
        chain = templates.chain(name, context)
        if chain:
            chain = [_essential(machine, template) for template in chain]
            names = {} if "with_context" in call.keywords else _visible(machine)
            _run_page(machine, chain, names, call.node, _source(machine, name, templates.path(name)), None)
            break
    return NONE


def _visible(machine: Machine) -> dict[str, Value]:
    names: dict[str, Value] = {}
    scope: Scope | None = machine.frame.scope
    scopes = []
    while scope is not None:
        scopes.append(scope)
        scope = scope.parent
    for one in reversed(scopes):
        if one.kind != "globals":
            names.update(one.payload)
    return names


@on_call("@import")
def import_(call: Call) -> Value:
    """The macros of another template."""
    machine = call.machine
    templates = templates_for(machine)
    for name in _template_names(call, call.args[0]) if templates is not None and call.args else ():
        template = templates.lowered(name) if templates is not None else None
        if template is None:
            continue
        source = _source(machine, name, templates.path(name) if templates is not None else None)
        module = Module(f"template {name}", None)
        module.state = "done"
        module.scope = Scope(_globals(machine, None), "template", {})
        page = Page(name, module.scope, source, {})
        _in_frame(machine, page, source, call.node, template.body, module.scope)
        return Value(refs=(module,))
    return UNKNOWN


@on_call("@loop")
def loop(call: Call) -> Value:
    """``loop``: numbers."""
    return UNKNOWN


@on_call("@empty", "@test.defined", "@unknown_test")
def either(call: Call) -> Value:
    """What only a run can tell."""
    return EITHER


@on_call("@undefined")
def undefined(call: Call) -> Value:
    """Nothing."""
    return EMPTY


@on_call("@concat")
def concat(call: Call) -> Value:
    """``a ~ b``: where one part is marked, the others are escaped."""
    if any(MARKED in value.facts for value in call.args):
        parts = [_escaped(call, value) for value in call.args]
        return text_of_parts(call.machine, parts, call.node).but(facts=frozenset({MARKED}))
    return text_of_parts(call.machine, call.args, call.node)


@on_call("@markup", "@filter.safe", "markupsafe.Markup")
def markup(call: Call) -> Value:
    """A text is marked as HTML: nothing escapes it any more."""
    value = call.arg(0)
    if value is None:
        return EMPTY.but(facts=frozenset({MARKED}))
    if value.refs:
        value = carried(call, value)
    if call.path == "markupsafe.Markup" and MARKED not in value.facts and call.machine.taint(value) & both(Use.HTML):
        # A rule hears of the call; what it found there is not found again where the text is shown.
        value = cleaned(call, value, Use.HTML)
    step = call.machine.step(call.node, value.step) if value.taint else None
    return value.but(facts=value.facts | {MARKED}, step=step, path="" if not value.refs else value.path)


@on_call("@filter.escape", "@filter.e", "@filter.forceescape")
def escape(call: Call) -> Value:
    """Escaped, unless it is marked already."""
    value = call.arg(0)
    if value is None:
        return UNKNOWN
    if MARKED in value.facts and call.path != "@filter.forceescape":
        return value
    made = cleaned(call, value, MARKUP | Use.XML)
    return made.but(facts=frozenset({MARKED}))


@on_call("@filter.tojson")
def tojson(call: Call) -> Value:
    """JSON that is harmless in a script and in single quotes; in double quotes it is not."""
    made = cleaned(call, call.arg(0), Use.HTML | Use.SCRIPT | Use.STYLE)
    return made.but(facts=frozenset({MARKED, lacks("'")}))


@on_call("@filter.urlencode")
def urlencode(call: Call) -> Value:
    """Percent-encoded, but for slashes."""
    uses = MARKUP | Use.SPACE | Use.HREF | Use.SCRIPT | Use.STYLE | Use.HOST | Use.SQL | Use.SHELL | Use.LINE
    return cleaned(call, call.arg(0), uses)


@on_call("@filter.striptags")
def striptags(call: Call) -> Value:
    """Without tags; quotes stay."""
    return cleaned(call, call.arg(0), Use.HTML)


@on_call(
    *(
        f"@filter.{name}"
        for name in ("int", "float", "round", "abs", "length", "count", "filesizeformat", "wordcount", "sum")
    )
)
def number(call: Call) -> Value:
    """Numbers."""
    return UNKNOWN


@on_call("@filter.xmlattr")
def xmlattr(call: Call) -> Value:
    """Attributes, their values escaped."""
    return cleaned(call, call.arg(0), MARKUP | Use.SPACE).but(facts=frozenset({MARKED}))


@on_call(*(f"@filter.{name}" for name in ("default", "d")))
def default(call: Call) -> Value:
    """The value, or another one."""
    value, other = call.arg(0) or UNKNOWN, call.arg(1) or EMPTY
    return join(value, other) if other.taint or value.consts is not None else value


_SAME: Final = (
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "truncate",
    "center",
    "indent",
    "wordwrap",
    "string",
    "format",
    "replace",
    "reverse",
    "pprint",
    "urlize",
    "nl2br",
)
_ITEMS: Final = ("first", "last", "random", "max", "min")
_LISTS: Final = (
    "list",
    "sort",
    "unique",
    "batch",
    "slice",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "map",
    "groupby",
    "dictsort",
    "items",
)


@on_call(*(f"@filter.{name}" for name in _SAME))
def same(call: Call) -> Value:
    """Filters that change a text and not its dangers; what is marked stays so."""
    value = call.arg(0)
    if call.path == "@filter.urlize":
        return cleaned(call, value, MARKUP).but(facts=frozenset({MARKED}))
    if value is not None and MARKED in value.facts and call.path == "@filter.format":
        parts = [value, *(_escaped(call, part) for part in (*call.args[1:], *call.keywords.values()))]
        return text_of_parts(call.machine, parts, call.node).but(facts=frozenset({MARKED}))
    made = carried(call, *call.values)
    return made.but(facts=value.facts & {MARKED} if value is not None else frozenset())


@on_call(*(f"@filter.{name}" for name in (*_ITEMS, *_LISTS)))
def of_items(call: Call) -> Value:
    """Filters on collections."""
    from ..values.heap import everything

    value = call.arg(0) or UNKNOWN
    items, rest = items_of(call.machine, value)
    name = call.path.rpartition(".")[2]
    if name in _ITEMS:
        return items[0] if name == "first" and items else everything(tuple(items), rest)
    if name == "map" and "attribute" in call.keywords and call.keywords["attribute"].texts():
        from ..interpreter.attributes import attribute_of
        from ..interpreter.items import item_of

        word = call.keywords["attribute"]
        each = everything(tuple(items), rest)
        found = attribute_of(call.machine, each, word.texts()[0], call.node)
        return sequence([], found if found.path[:2] != "?." else item_of(call.machine, each, word, call.node))
    return sequence([], everything(tuple(items), rest)) if items or rest is not None else sequence([])


@on_call("@filter.join")
def join_filter(call: Call) -> Value:
    """``items|join(separator)``."""
    return carried(call, *call.values)


_KNOWN_FILTERS: Final = frozenset(
    f"@filter.{name}"
    for name in (
        *_SAME,
        *_ITEMS,
        *_LISTS,
        "int",
        "float",
        "round",
        "abs",
        "length",
        "count",
        "filesizeformat",
        "wordcount",
        "sum",
        "default",
        "d",
        "escape",
        "e",
        "forceescape",
        "tojson",
        "urlencode",
        "striptags",
        "xmlattr",
        "join",
        "attr",
    )
)


_HARMLESS_FILTERS: Final = _KNOWN_FILTERS - {"@filter.tojson", "@filter.xmlattr", "@filter.attr", "@filter.map"}
"""Filters that mark nothing as HTML which was not so before, in double quotes as anywhere."""


def project_filter(machine: Machine, name: str) -> Value | None:
    """Return the filter, test or global of a name that the project registers."""
    return machine.template_filters.get(name)


@on_set("flask.Flask().jinja_env.filters[]", "flask.Flask().jinja_env.globals[]")
def set_filter(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``app.jinja_env.filters["name"] = function``."""
    if key.known and isinstance(key.constant, str):
        table = machine.template_filters if owner.path.endswith("filters") else machine.template_globals
        table[key.constant] = value


@on_call(
    "flask.Flask().jinja_env.filters.update",
    "flask.Flask().jinja_env.globals.update",
    "flask.Flask().add_template_filter",
    "flask.Flask().add_template_global",
)
def add_filters(call: Call) -> Value:
    """Several at once, or one."""
    is_filter = "filter" in call.path
    table = call.machine.template_filters if is_filter else call.machine.template_globals
    if call.path.endswith("update"):
        for name, value in call.keywords.items():
            table[name] = value
    elif call.args:
        named = call.arg(1, "name")
        function = next((ref for ref in call.args[0].refs if isinstance(ref, (Function, Bound))), None)
        word = named.texts()[0] if named is not None and named.texts() else getattr(function, "name", "")
        table[str(word).rpartition(".")[2]] = call.args[0]
    return UNKNOWN


__all__ = ["Any", "render", "without"]
