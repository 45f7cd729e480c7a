"""The machine: the state of one interpretation, and the tables that say how each kind of node is run."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..values.heap import Heap
from ..values.objects import Scope
from ..values.refinement import MADE, Refinement
from ..values.steps import Step
from ..values.value import UNKNOWN, Value
from .frames import Frame, Stop

if TYPE_CHECKING:
    from ..entries import Entry
    from ..events import Answer
    from ..jinja import Lowered
    from ..listeners import Listeners
    from ..models.jinja import Page
    from ..models.registry import Models
    from ..project.modules import Modules
    from ..project.sources import Source
    from ..project.templates import TemplateFolders
    from .modules import Loader

Evaluator = Callable[["Machine", Any], Value]
Executor = Callable[["Machine", Any], bool]

EVALUATORS: dict[type[ast.AST], Evaluator] = {}
EXECUTORS: dict[type[ast.AST], Executor] = {}

BUDGET: Final = 6_000
"""Statements for each root; then calls are no longer followed."""
HARD_BUDGET: Final = 4 * BUDGET
"""Statements after which a root is left altogether."""
MAX_DEPTH: Final = 12


class OutOfBudget(Exception):
    """A root has taken too many statements."""


def evaluates(*kinds: type[ast.AST]) -> Callable[[Evaluator], Evaluator]:
    """Register the function that evaluates some kinds of expressions."""

    def register(function: Evaluator) -> Evaluator:
        for kind in kinds:
            EVALUATORS[kind] = function
        return function

    return register


def executes(*kinds: type[ast.AST]) -> Callable[[Executor], Executor]:
    """Register the function that executes some kinds of statements; it returns whether control goes on behind it."""

    def register(function: Executor) -> Executor:
        for kind in kinds:
            EXECUTORS[kind] = function
        return function

    return register


class Machine:
    """The state of one interpretation.

    Attributes:
        frame: The call that is being interpreted.
        heap: The journal of what objects hold.
        refined: What is proved at this point.
        tick: Counts what was evaluated with taint, and calls.
        spent: Statements executed for the present root.
        cut: Whether the present root's budget ended.
        reads: Values read from tainted ones, so that repeated reads give one value.
        summaries: What functions returned when they were called in the same way before.
        pending: Functions that were defined and are still to be run by themselves.
        lasting: Objects that there is one of in the whole project, such as ``flask.g``.
        imports_garrison: Whether a module that was run imports this package.
        notes: What models and rules remember from one place to another, by name.
        raised: Exceptions that no handler has taken yet; ``handled`` those whose handlers are being run,
            ``uncaught`` those of earlier roots.
        entries: Views, hooks and commands that were registered.
        entry: The one that is being run.
        contexts: How often each function was followed for the present root.
        decorating: Whether the decorators of a view are being called.
        templates: The folders of templates; ``template_sources`` the files that were run, ``template_filters`` and
            ``template_globals`` what the project registers by name, ``natures`` what is known of each template,
            ``essentials`` what of it is run.
        context_processors: Functions that add names to every template.
        kept_globals: What hooks left in ``flask.g``.
        descriptions: Texts of clients that HTTP errors were raised with, for their handlers.
        pages: The templates that are being run.
        views: Those that were run.
        answers: What the present one returned so far.
        models: What libraries do.
        listeners: Rules, by what they want to hear of.
    """

    def __init__(self, modules: Modules, loader: Loader, models: Models, listeners: Listeners) -> None:
        self.modules = modules
        self.loader = loader
        self.models = models
        self.listeners = listeners
        self.heap = Heap()
        self.refined = Refinement()
        MADE.clear()
        self.frame: Frame = None  # type: ignore[assignment]  # there is none between two roots
        self.tick = 0
        self.spent = 0
        self.cut = False
        self.reads: dict[Any, Value] = {}
        self.summaries: dict[Any, Value] = {}
        self.pending: list[Any] = []
        self.lasting: dict[str, Value] = {}
        self.imports_garrison = False
        self.notes: dict[str, Any] = {}
        self.raised: list[Value] = []
        self.handled: list[Value] = []
        self.uncaught: list[Value] = []
        self.entries: list[Entry] = []
        self.entry: Entry | None = None
        self.contexts: Counter[ast.AST] = Counter()
        self.decorating = False
        self.views: list[Entry] = []
        self.templates: TemplateFolders | None = None
        self.template_sources: dict[Path, Source] = {}
        self.template_filters: dict[str, Value] = {}
        self.template_globals: dict[str, Value] = {}
        self.context_processors: list[Value] = []
        self.kept_globals: dict[str, Value] = {}
        self.descriptions: Value | None = None
        self.essentials: dict[int, Lowered] = {}
        self.natures: dict[int, tuple[bool, bool]] = {}
        self.pages: list[Page] = []
        self.answers: list[Answer] = []

    def evaluate(self, node: ast.AST) -> Value:
        """Return the value of an expression.

        Raises:
            Stop: where control does not come back from it.
        """
        evaluator = EVALUATORS.get(type(node))
        return UNKNOWN if evaluator is None else evaluator(self, node)

    def run(self, body: list[ast.stmt]) -> bool:
        """Execute statements, and return whether control goes on behind the last."""
        for statement in body:
            self.spent += 1
            if self.spent > BUDGET:
                self._over_budget()
            executor = EXECUTORS.get(type(statement))
            if executor is None:
                continue
            try:
                if not executor(self, statement):
                    return False
            except Stop:
                return False
        return True

    def call(
        self, function: Value, args: list[Value], keywords: dict[str, Value], node: ast.AST, name: str = ""
    ) -> Value:
        """Return what calling a value returns.

        Raises:
            Stop: where control does not come back from it.
        """
        from .calls import call_value

        return call_value(self, function, args, keywords, node, name)

    def _over_budget(self) -> None:
        self.cut = True
        if self.spent > HARD_BUDGET:
            raise OutOfBudget

    def step(self, node: ast.AST, parent: Step | None, *, stored: bool = False, label: str = "") -> Step:
        """Return the step of an expression that made a tainted value."""
        self.tick += 1
        return Step(node, self.frame.source, self.tick, parent, stored or (parent is not None and parent.stored), label)

    def resolve(self, value: Value) -> Value:
        """Return what a value has become by what is proved here."""
        return self.refined.resolve(value) if self.refined else value

    def taint(self, value: Value) -> int:
        """Return the taint of a value here."""
        return self.refined.taint(value)

    @property
    def scope(self) -> Scope:
        """The names of the present frame."""
        return self.frame.scope

    @property
    def source(self) -> Source:
        """The file of the present frame."""
        return self.frame.source
