"""One analysis: every module's top level is run, then every entry, then every other function of interest by itself."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from ..catalogue import rule_named
from ..rule import Check, Match
from .answers import judge_answers
from .apart import Apart
from .between import as_proved, hand_on, kept_of
from .entries import Entry, path_arguments, preprocessed, sent_arguments, view_classes
from .interpreter import calls, classes, comparisons, definitions, loops, matching, statements  # noqa: F401 - register themselves
from .interpreter.frames import Frame, Stop
from .interpreter.machine import Machine, OutOfBudget
from .interpreter.modules import Loader
from .interpreter.parameters import bound_arguments
from .interpreter.protocols import member_of
from .interpreter.raising import caught
from .known_views import KnownView, entries_of
from .listeners import Key, Listeners
from .models.registry import all_models
from .project.modules import Modules
from .project.sources import Source
from .project.templates import TemplateFolders
from .project.words import Words
from .values.objects import Class, Function, Record, Scope
from .values.refinement import Refinement
from .values.value import UNKNOWN, Value

Progress = Callable[[int, int, str], None]
"""Called with how many roots are done, how many there are, and the file."""


@dataclass
class Analysis:
    """What was found, and what was cut.

    Attributes:
        listeners: With the findings.
        cut: Functions whose budget ended, as ``(file, line, name)``.
        failed: Functions at which the interpreter itself failed, with the words of the error.
        run: Entries that were run, by what they run.
    """

    machine: Machine
    listeners: Listeners
    templates: TemplateFolders | None = None
    cut: list[tuple[str, int, str]] = field(default_factory=list)
    failed: list[tuple[str, int, str]] = field(default_factory=list)
    run: set[tuple[object, ...]] = field(default_factory=set)


def prepare(
    sources: Iterable[Source], checks: Iterable[Check[Any]], templates: TemplateFolders | None = None
) -> Analysis:
    """Run the top level of every module."""
    models = all_models()
    all_sources = list(sources)
    modules = Modules(all_sources)
    listeners = Listeners(checks, models)
    words = Words(all_sources, listeners.interest() | _MADE, _SOURCES)
    loader = Loader(modules, words)
    machine = Machine(modules, loader, models, listeners)
    machine.templates = templates
    analysis = Analysis(machine, listeners, templates)
    for source in all_sources:
        module = loader.module(source.name)
        if module is not None:
            try:
                loader.ensure(machine, module)
            except (OutOfBudget, RecursionError, Stop):
                analysis.cut.append((source.shown, 1, "the top level of the module"))
    return analysis


_MADE = frozenset(
    {"random", "choices", "getrandbits", "randint", "randrange", "uuid1", "sample", "hexdigest", "digest"}
)
"""Names of what makes values that rules look at wherever they go."""
_SOURCES = frozenset({"request", "get_json", "route", "add_url_rule", "add_resource", "cookies", "form"})


def analyse(
    sources: list[Source],
    checks: Iterable[Check[Any]],
    templates: TemplateFolders | None = None,
    progress: Progress = lambda *_: None,
    views: Iterable[KnownView] = (),
) -> Analysis:
    """Analyse some sources, which are all of a project."""
    analysis = prepare(sources, checks, templates)
    machine = analysis.machine
    done: set[ast.AST] = set()
    machine.entries += entries_of(machine, views)
    roots = [function for source in sources for function in machine.loader.pending.get(source.name, ())]
    waiting = _of_entries(machine)
    for function in roots:
        if function.node not in done and machine.loader.registers(function) and function not in waiting:
            run_alone(analysis, function, done)
    # What nobody calls is run beside the entries, in a process of its own.
    claimed = done | {function.node for function in _of_entries(machine)}
    rest = [one for one in roots if one.node not in claimed and machine.loader.is_direct(one)]
    apart = Apart(partial(_run_rest, analysis, rest, claimed), wanted=len(rest) > WORTH_A_PROCESS)
    run_entries(analysis, done, progress)
    _take_in(analysis, apart.result())
    return analysis


WORTH_A_PROCESS: Final = 60
"""Functions, below which a process costs more than it saves."""


@dataclass
class Rest:
    """What was found in the functions that are run by themselves, as plain data."""

    found: dict[Key, tuple[str, Match]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    cut: list[tuple[str, int, str]] = field(default_factory=list)
    failed: list[tuple[str, int, str]] = field(default_factory=list)


def _run_rest(analysis: Analysis, functions: list[Function], claimed: set[ast.AST]) -> Rest:
    """Run functions by themselves, and return what that found."""
    listeners = analysis.listeners
    found, listeners.found = listeners.found, {}
    cut, failed = len(analysis.cut), len(analysis.failed)
    done = set(claimed)
    entries, analysis.machine.entries = analysis.machine.entries, []
    for function in functions:
        if function.node not in done:
            run_alone(analysis, function, done)
    analysis.machine.entries = entries
    mine, listeners.found = listeners.found, found
    plain = {key: (rule.id, match) for key, (rule, match) in mine.items()}
    rest = Rest(plain, dict(listeners.failed), analysis.cut[cut:], analysis.failed[failed:])
    del analysis.cut[cut:], analysis.failed[failed:]
    return rest


def _take_in(analysis: Analysis, rest: Rest) -> None:
    for name, match in rest.found.values():
        analysis.listeners.keep(rule_named(name), match)
    analysis.listeners.failed.update(rest.failures)
    analysis.cut += rest.cut
    analysis.failed += rest.failed


def _of_entries(machine: Machine) -> set[Function]:
    """Return the functions that wait to be run as views or hooks, those inside of wrappers too."""
    return {function for entry in machine.entries for function in _inside(entry)}


def _inside(entry: Entry) -> list[Function]:
    found = [ref for cls in view_classes(entry) for value in cls.scope.payload.values() for ref in value.refs]
    functions = [one for one in found if isinstance(one, Function)] + entry.functions
    wrapped = [
        ref
        for function in functions
        if function.scope.kind == "function"
        for value in function.scope.payload.values()
        for ref in value.refs
        if isinstance(ref, Function)
    ]
    return [*functions, *wrapped]


# --- roots ---------------------------------------------------------------------------------------------------------


def run_entries(analysis: Analysis, done: set[ast.AST], progress: Progress = lambda *_: None) -> None:
    """Run the entries that were registered since the last time."""
    machine = analysis.machine
    while machine.entries:
        waiting, machine.entries = _new(analysis, machine.entries), []
        machine.views.extend(waiting)
        for number, entry in enumerate(sorted(waiting, key=_order)):
            progress(number, len(waiting), entry.source.shown)
            for cls in view_classes(entry):
                _run_class(analysis, entry, cls, done)
            for function in entry.functions:
                done.add(function.node)
                _mark_wrapped(function, done)
            if entry.functions:
                run_entry(analysis, entry, done)


def _new(analysis: Analysis, entries: list[Entry]) -> list[Entry]:
    """Return the entries that were not run before: whoever makes an application again registers the same again."""
    found = []
    for entry in entries:
        nodes = frozenset(function.node for function in _inside(entry))
        key = (entry.kind, entry.rule, entry.methods, nodes, frozenset(cls.node for cls in view_classes(entry)))
        if key not in analysis.run:
            analysis.run.add(key)
            found.append(entry)
    return found


MOST_UNCAUGHT = 200
"""Exceptions that are kept for error handlers."""
_BEFORE = frozenset({"before_request", "before_app_request", "url_value_preprocessor", "before_first_request"})


def _order(entry: Entry) -> int:
    """Return when an entry is run: hooks leave something in ``flask.g`` for views, and views errors for handlers."""
    return 0 if entry.kind in _BEFORE else 2 if entry.kind.endswith("errorhandler") else 1


def _keep_globals(machine: Machine) -> None:
    """Keep what a hook left in ``flask.g``: views begin with it."""
    value = machine.lasting.get("flask.g")
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Record):
            proved = {name: as_proved(machine, item) for name, item in ref.payload.items()}
            machine.kept_globals = {**machine.kept_globals, **proved}


def _restore_globals(machine: Machine) -> None:
    value = machine.lasting.get("flask.g")
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Record) and machine.kept_globals:
            ref.payload = dict(machine.kept_globals)


def _mark_wrapped(function: Function, done: set[ast.AST]) -> None:
    """Note the function inside of a wrapper as run: it is, through the wrapper."""
    for value in function.scope.payload.values() if function.scope.kind == "function" else ():
        for ref in value.refs:
            if isinstance(ref, Function) and ref.node not in done and ref.scope.kind != "function":
                done.add(ref.node)


def run_entry(analysis: Analysis, entry: Entry, done: set[ast.AST]) -> None:
    """Run a view or a hook."""
    machine = analysis.machine

    def run() -> None:
        arguments = path_arguments(machine, entry)
        rest = UNKNOWN if entry.kind != "route" or not entry.rule else None
        if entry.kind.endswith("errorhandler"):
            rest = _handled(machine, entry)
        for function in entry.functions:
            given = preprocessed(machine, entry) or _receiver(machine, function)
            sent = sent_arguments(machine, function)
            names = bound_arguments(machine, function, given, {**sent, **arguments}, rest, rest)
            _run_body(machine, function, names, entry)

    _root(analysis, entry.source, entry.functions[0], run, done, entry)


def _receiver(machine: Machine, function: Function) -> list[Value]:
    """Return the object of a method that is registered as a view by itself."""
    if function.owner is None or function.binding != "method":
        return []
    return [classes.blank_instance(machine, function.owner)]


def _handled(machine: Machine, entry: Entry) -> Value:
    """Return the error that an error handler is given."""
    kind = entry.call.arg(0) if entry.call is not None else None
    if kind is None or kind.consts is not None or not (kind.path or kind.refs):
        return Value(path="@http_error")
    return caught(machine, machine.uncaught, kind, entry.node)[0]


_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "dispatch_request")


def _run_class(analysis: Analysis, entry: Entry, cls: Class, done: set[ast.AST]) -> None:
    """Run the methods of a class that answer requests, each on an instance of its own."""
    machine = analysis.machine
    for name in _VERBS:
        for ancestor in cls.ancestors():
            member: Value | None = ancestor.scope.payload.get(name)
            if member is None:
                continue
            for function in (ref for ref in member.refs if isinstance(ref, Function)):
                done.add(function.node)
                _mark_wrapped(function, done)
                _run_method(analysis, entry, cls, function, done)
            break
    del machine


def _run_method(analysis: Analysis, entry: Entry, cls: Class, function: Function, done: set[ast.AST]) -> None:
    machine = analysis.machine

    def run() -> None:
        receiver = classes.blank_instance(machine, cls)
        arguments = path_arguments(machine, entry)
        _dispatch(machine, entry, cls, function, receiver)
        sent = sent_arguments(machine, function)
        names = bound_arguments(machine, function, [receiver], {**sent, **arguments}, UNKNOWN, UNKNOWN)
        _run_body(machine, function, names, entry, receiver)

    _root(analysis, function.source, function, run, done, entry)


def _dispatch(machine: Machine, entry: Entry, cls: Class, function: Function, receiver: Value) -> None:
    """Run ``dispatch_request`` first where the project has one: it may set what the methods use."""
    member = member_of(cls, "dispatch_request")
    for ref in member.refs if member is not None else ():
        if isinstance(ref, Function) and ref is not function:
            arguments = dict(path_arguments(machine, entry))
            try:
                _run_body(machine, ref, bound_arguments(machine, ref, [receiver], arguments), entry, receiver)
            except Stop:
                continue


def is_factory(function: Function) -> bool:
    """Return whether Flask itself calls a function, which it does without arguments."""
    spec = function.node.args
    named = function.name in ("create_app", "make_app")
    return named and len(spec.defaults) == len(spec.posonlyargs) + len(spec.args)


def run_alone(analysis: Analysis, function: Function, done: set[ast.AST]) -> None:
    """Run a function of which nobody is known to call it, its parameters unknown."""
    machine = analysis.machine
    done.add(function.node)

    def run() -> None:
        args = []
        if function.owner is not None and function.binding in ("method", "property"):
            args.append(classes.blank_instance(machine, function.owner))
        rest = None if is_factory(function) else UNKNOWN
        names = bound_arguments(machine, function, args, {}, rest, rest)
        _run_body(machine, function, names, None, args[0] if args else None)

    _root(analysis, function.source, function, run, done, None)


def _run_body(
    machine: Machine, function: Function, names: dict[str, Value], entry: Entry | None, receiver: Value | None = None
) -> None:
    outer = machine.frame
    machine.entry = entry
    value = calls.run_function(machine, function, names, None, receiver)
    machine.frame = outer
    del value


def _root(
    analysis: Analysis,
    source: Source,
    function: Function,
    run: Callable[[], None],
    done: set[ast.AST],
    entry: Entry | None,
) -> None:
    """Run one root from a clean state, and then the functions that it defined."""
    machine = analysis.machine
    mark = machine.heap.mark()
    outer, refined, pending = machine.frame, machine.refined, machine.pending
    # What this root registers is run in its state; what waits is not.
    waiting, machine.entries = machine.entries, []
    machine.refined, machine.pending, machine.reads = Refinement(), [], {}
    machine.spent, machine.cut, machine.answers = 0, False, []
    machine.contexts = Counter()
    machine.raised = []
    machine.frame = Frame(source, Scope(function.scope, "root"), None, None, None, machine.tick, mark, machine.refined)
    where = (function.source.shown, function.node.lineno, function.name)
    try:
        run()
        if entry is not None and entry.kind in _BEFORE:
            _keep_globals(machine)
        if entry is not None and entry.kind in ("route", "errorhandler", "app_errorhandler"):
            judge_answers(machine, entry)
    except Stop:
        if entry is not None:
            judge_answers(machine, entry)
    except OutOfBudget:
        machine.cut = True
    except RecursionError:
        analysis.failed.append((*where[:2], f"{where[2]}: nested too deeply"))
    if machine.cut:
        analysis.cut.append(where)
    # What no handler took is what the application's error handlers are given.
    machine.uncaught = [*machine.uncaught, *machine.raised][-MOST_UNCAUGHT:]
    kept = kept_of(machine, entry, mark)
    inner, machine.pending = machine.pending, pending
    machine.entry = None
    for one in inner:
        if one.node not in done and machine.loader.is_direct(one) and not _is_entry(machine, one):
            run_alone(analysis, one, done)
    run_entries(analysis, done)
    machine.entries = waiting
    machine.frame, machine.refined = outer, refined
    machine.heap.rollback(mark)
    _restore_globals(machine)
    hand_on(kept)


def _is_entry(machine: Machine, function: Function) -> bool:
    return any(function in entry.functions for entry in machine.entries)
