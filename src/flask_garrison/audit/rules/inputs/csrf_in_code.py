"""Views and forms that the code takes out of the protection against requests that other sites make."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, Final

from ....findings import Confidence, Evidence, Severity
from ...code.events import Configured, brief
from ...code.garrison import guards
from ...code.models.csrf import EXEMPT, PROTECTED, Exemption
from ...code.project.sources import Source
from ...code.values.objects import Bound, Class, Function, Module, Partial
from ...code.values.value import UNKNOWN, Value
from ...code.views import View, Views, shown
from ...code.views.credentials import functions_of_view, relies_on_cookie
from ...code.views.project import dotted, is_form
from ...rule import Judged, Match, Rule, checks

CSRF_IN_CODE = Rule(
    id="inputs.csrf-exempt-in-code",
    kind="code",
    control="inputs.csrf",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="The code takes out of CSRF protection what relies on the session cookie",
    why="A page on any site can make a visitor's browser send the request, and the browser adds the session cookie. "
    "Without a token the view cannot tell that from a click of the visitor's.",
    fix="Delete the exemption. Keep it only where the view checks a signature or a token that the caller sends itself.",
    before='@app.post("/me/iban")\n@csrf.exempt\n@login_required\ndef set_iban(): ...',
    after='@app.post("/me/iban")\n@login_required\ndef set_iban(): ...',
    guard="Garrison refuses state-changing requests that come from another site's page, exempt or not; a project that "
    "uses it is not told.",
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
    seen_by=("inputs.wtf-csrf-disabled", "inputs.wtf-csrf-not-checked"),
)

_EXEMPTS: Final = re.compile(r"(?i)(?:csrf|xsrf)\w*[._]exempt$|(?:^|[._])exempt_\w*(?:csrf|xsrf)$")
_PROTECT: Final = re.compile(r"(?i)(?:csrf|xsrf)\w*\.protect$")
_UNASKED: Final = "csrf is not checked by itself"
_SAME_SITE: Final = "session cookie same-site"
_SWITCHES: Final = {
    "WTF_CSRF_ENABLED": ("WTF_CSRF_ENABLED is off: no form and no request is checked", None),
    "WTF_CSRF_CHECK_DEFAULT": (
        "WTF_CSRF_CHECK_DEFAULT is off: a view is checked only where it asks for it",
        Severity.MEDIUM,
    ),
}


@checks(CSRF_IN_CODE, reads="configured")
def configured(setting: Configured) -> Iterator[Judged]:
    """``WTF_CSRF_ENABLED = False``: the last word counts."""
    if setting.name == "SESSION_COOKIE_SAMESITE":
        texts = [text.lower() for text in setting.value.texts()]
        setting.machine.notes[_SAME_SITE] = bool(texts) and all(text in ("lax", "strict") for text in texts)
    if setting.name not in _SWITCHES or guards(setting.machine):
        return
    title, severity = _SWITCHES[setting.name]
    match = setting.match(title, node=setting.written, source=setting.origin, severity=severity)
    found = match if setting.value.is_only(False, 0) else None
    if setting.name == "WTF_CSRF_ENABLED":
        yield Judged(setting.name, found)
    else:
        # Whether a view asks for the check by itself is known at the end.
        setting.machine.notes[_UNASKED] = found


@checks(CSRF_IN_CODE, reads="views")
def unasked(views: Views) -> Iterator[Match]:
    """``WTF_CSRF_CHECK_DEFAULT = False`` where no view calls ``csrf.protect()``."""
    found: Match | None = views.notes.get(_UNASKED)
    if found is not None and not any(_asks_for_check(view) for view in views.all):
        yield found


def _asks_for_check(view: View) -> bool:
    calls = (node for function in functions_of_view(view) for node in ast.walk(function.node))
    return any(isinstance(node, ast.Call) and _PROTECT.search(dotted(node.func)) is not None for node in calls)


@checks(CSRF_IN_CODE, reads="views")
def exempt(views: Views) -> Iterator[Match]:
    """Find what is left out, where the views behind it know their caller by a cookie."""
    if views.is_guarded:
        return
    known: dict[int, bool] = {}
    for exemption in _exemptions(views):
        for view in views.all:
            if view.changes and _covers(exemption, view) and _relies(view, known):
                yield _match(views, view, exemption.source, exemption.node, "{} is exempt from CSRF protection")
                break


def _exemptions(views: Views) -> list[Exemption]:
    """Return what models have noted, and the decorators that say so by their names."""
    found: list[Exemption] = list(views.notes.get(EXEMPT, ()))
    nodes = {one.node for one in found}
    for view in views.all:
        for decorator in view.decorators:
            if decorator.node not in nodes and _EXEMPTS.search(decorator.name):
                nodes.add(decorator.node)
                found.append(Exemption(view.source, decorator.node, UNKNOWN))
    return found


def _relies(view: View, known: dict[int, bool]) -> bool:
    key = id(view)
    if key not in known:
        known[key] = relies_on_cookie(view)
    return known[key]


def _covers(exemption: Exemption, view: View) -> bool:
    """Return whether an exemption is of a view, its class, its blueprint, or names it."""
    what = exemption.what
    if any(one.node is exemption.node for one in view.decorators):
        return True
    if view.owner is not None and _maker(what) is view.owner:
        return True
    if what.derived is not None and what.derived[0] == "as_view":
        what = what.derived[1]
    if any(one in (view.function, view.cls, *view.layers) for one in _things(what)):
        return True
    module = f"{view.source.name}.{view.function.name}"
    return module in what.texts()


def _maker(value: Value) -> Any:
    return value.derived[2] if value.derived is not None and value.derived[0] == "blueprint" else None


def _things(value: Value) -> Iterator[Function | Class]:
    for ref in value.refs:
        if isinstance(ref, (Function, Class)):
            yield ref
        elif isinstance(ref, (Bound, Partial)):
            yield from _things(ref.function)


def _match(views: Views, view: View, source: Source, node: ast.AST, words: str) -> Match:
    line = getattr(node, "lineno", 1)
    steps = [_step(source, node, brief(node)), _step(view.source, view.function.node, f"def {view.name}")]
    steps += [_step(one.function.source, one.node, brief(one.node)) for one in view.changed[:1]]
    site = views.notes.get(_SAME_SITE, False)
    return Match(
        words.format(shown(view)),
        severity=Severity.MEDIUM if site else None,
        confidence=None if view.changed else Confidence.MEDIUM,
        subject=f"{source.name}\n{view.name}\n{brief(node, 400)}",
        path=source.shown,
        line=line,
        route=view.route or None,
        method=view.method,
        evidence=(Evidence("path", f"{source.shown}:{line}: {brief(node)}", {"steps": steps}),),
    )


def _step(source: Source, node: ast.AST, code: str) -> dict[str, Any]:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
    return {
        "path": source.shown,
        "line": line,
        "column": column,
        "code": code,
        "summary": f"{source.shown}:{line}: {code}",
    }


# --- forms ---------------------------------------------------------------------------------------------------------


@checks(CSRF_IN_CODE, reads="views")
def forms(views: Views) -> Iterator[Match]:
    """Find forms without a token, which views fill that know their caller by a cookie; nothing else checks there."""
    if views.is_guarded or views.notes.get(PROTECTED):
        return
    known: dict[int, bool] = {}
    for view in views.all:
        found = list(_forms_of(view)) if view.changes else []
        if found and _relies(view, known):
            for source, node in found:
                yield _match(views, view, source, node, "{} takes a form whose CSRF token is switched off")


def _forms_of(view: View) -> Iterator[tuple[Source, ast.AST]]:
    """Yield where the token is switched off of each form that a view makes of what is posted."""
    for function in functions_of_view(view):
        for node in ast.walk(function.node):
            if isinstance(node, ast.Call) and not _of_query(node):
                for cls in _classes(node.func, function):
                    if is_form(cls):
                        place = _by_call(node, function) or _by_meta(cls)
                        if place is not None:
                            yield place


def _classes(node: ast.expr, function: Function) -> Iterator[Class]:
    if isinstance(node, ast.Name):
        value = function.scope.find(node.id)
        yield from (ref for ref in (value.refs if value is not None else ()) if isinstance(ref, Class))
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = function.scope.find(node.value.id)
        for ref in owner.refs if owner is not None else ():
            member = ref.scope.payload.get(node.attr) if isinstance(ref, Module) else None
            yield from (one for one in (member.refs if member is not None else ()) if isinstance(one, Class))


def _of_query(node: ast.Call) -> bool:
    """Return whether a form is made of the query."""
    return bool(node.args) and isinstance(node.args[0], ast.Attribute) and node.args[0].attr == "args"


def _by_call(node: ast.Call, function: Function) -> tuple[Source, ast.AST] | None:
    """Return the call that says so: ``Form(meta={"csrf": False})``, ``Form(csrf_enabled=False)``."""
    for keyword in node.keywords:
        value = keyword.value
        if keyword.arg == "csrf_enabled" and _is_false(value):
            return function.source, node
        if keyword.arg == "meta" and isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            if any(isinstance(key, ast.Constant) and key.value == "csrf" and _is_false(one) for key, one in pairs):
                return function.source, node
    return None


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _by_meta(cls: Class) -> tuple[Source, ast.AST] | None:
    """Return where ``class Meta`` says so: of the class itself, or of the first base that says anything."""
    for one in cls.ancestors():
        meta: Value | None = one.scope.payload.get("Meta")
        for ref in meta.refs if meta is not None else ():
            if not isinstance(ref, Class):
                continue
            value: Value | None = next(
                (base.scope.payload["csrf"] for base in ref.ancestors() if "csrf" in base.scope.payload), None
            )
            if value is not None:
                return _written(ref, "csrf") if value.is_only(False) else None
    return None


def _written(cls: Class, name: str) -> tuple[Source, ast.AST]:
    for base in cls.ancestors():
        for statement in base.node.body:
            if isinstance(statement, ast.Assign) and any(_name(target) == name for target in statement.targets):
                return base.source, statement
    return cls.source, cls.node


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
