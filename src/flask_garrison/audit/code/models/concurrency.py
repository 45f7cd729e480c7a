"""Functions that others are given to call: threads, pools, event loops, queues of tasks in the same process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attribute_of
from ..interpreter.expressions import entries_of, items_of, sequence
from ..interpreter.frames import Stop
from ..values.heap import joined_optional
from ..values.objects import Bound, Function
from ..values.value import NONE, UNKNOWN, Value
from .registry import alias, on_call
from .support import receivers

if TYPE_CHECKING:
    from ..events import Call

POOL: Final = "concurrent.futures.ThreadPoolExecutor()"
alias(
    {
        "concurrent.futures.ProcessPoolExecutor()": POOL,
        "multiprocessing.Pool()": POOL,
        "multiprocessing.pool.ThreadPool()": POOL,
        "multiprocessing.dummy.Pool()": POOL,
        "flask_executor.Executor()": POOL,
    }
)


def _run(call: Call, function: Value, args: list[Value], keywords: dict[str, Value]) -> Value:
    if not function.refs and not function.path:
        return UNKNOWN
    try:
        return call.machine.call(function, args, keywords, call.node, function.path.rpartition(".")[2])
    except Stop:
        return UNKNOWN


@on_call(*(f"{POOL}.{name}" for name in ("submit", "apply", "apply_async")), "asyncio.to_thread", "gevent.spawn")
def submitted(call: Call) -> Value | None:
    """``pool.submit(function, argument)``; its ``result()`` is what the function returns."""
    if not call.args:
        return None
    args = call.args[1:]
    if call.name.startswith("apply"):
        args = items_of(call.machine, call.args[1])[0] if len(call.args) > 1 else []
    return _run(call, call.args[0], args, {} if call.name.startswith("apply") else call.keywords)


@on_call("?.run_in_executor", "?.call_soon", "?.call_later", "?.add_job")
def scheduled(call: Call) -> Value | None:
    """``loop.run_in_executor(None, function, argument)``."""
    position = {"run_in_executor": 1, "call_later": 1}.get(call.name, 0)
    if len(call.args) <= position or not (call.args[position].refs or call.args[position].path):
        return None
    return _run(call, call.args[position], call.args[position + 1 :], {})


@on_call(f"{POOL}.map", f"{POOL}.imap", f"{POOL}.imap_unordered", f"{POOL}.map_async", f"{POOL}.starmap")
def mapped(call: Call) -> Value | None:
    """``pool.map(function, items)``."""
    if len(call.args) < 2:
        return None
    items, rest = items_of(call.machine, call.args[1])
    many = call.name == "starmap"
    found: Value | None = None
    for item in [*items[:12], *([rest] if rest is not None else [])]:
        args = items_of(call.machine, item)[0] if many else [item]
        found = joined_optional(found, _run(call, call.args[0], args, {}))
    return sequence([], found)


@on_call("threading.Thread", "multiprocessing.Process", "threading.Timer", "gevent.Greenlet")
def thread(call: Call) -> Value:
    """``Thread(target=function, args=(argument,))``."""
    target = call.arg(1, "target", "function")
    if target is not None:
        given, named = call.arg(2 if call.path.endswith("Timer") else 3, "args"), call.arg(None, "kwargs")
        args = items_of(call.machine, given)[0] if given is not None else []
        keywords = entries_of(call.machine, named)[0] if named is not None else {}
        _run(call, target, args, {name: value for name, value in keywords.items() if isinstance(name, str)})
    return Value(path=f"{call.path}()")


@on_call("threading.Thread().start", "multiprocessing.Process().start")
def started(call: Call) -> Value:
    """``start()`` of a class of the project that derives from a thread: its ``run``."""
    for ref in receivers(call):
        _run(call, attribute_of(call.machine, Value(refs=(ref,)), "run", call.node), [], {})
    return NONE


@on_call("atexit.register", "?.start_background_task", "?.enqueue", "?.call_on_close", "weakref.finalize")
def registered(call: Call) -> Value | None:
    """Functions that are called later with what they are given now."""
    position = 1 if call.path == "weakref.finalize" else 0
    if len(call.args) <= position or not call.args[position].refs:
        return None
    _run(call, call.args[position], call.args[position + 1 :], call.keywords)
    return UNKNOWN


@on_call("?.delay", "?.apply_async", "?.send", "?.s", "?.si")
def task(call: Call) -> Value | None:
    """``task.delay(argument)``: a function of the project that a worker runs."""
    function = call.receiver
    if function is None or not any(isinstance(ref, (Function, Bound)) for ref in function.refs):
        return None
    if call.name == "apply_async":
        given, named = call.arg(0, "args"), call.arg(1, "kwargs")
        args = items_of(call.machine, given)[0] if given is not None else []
        return _run(call, function, args, entries_of(call.machine, named)[0] if named is not None else {})
    return _run(call, function, call.args, call.keywords)


@on_call("asyncio.gather")
def gathered(call: Call) -> Value:
    """The results in order."""
    return sequence(list(call.args), call.star)


@on_call("?.result", "?.wait")
def result(call: Call) -> Value | None:
    """``future.result()``: what the function returned, which stands for the future."""
    return call.receiver if call.receiver is not None and _is_result(call.receiver) else None


def _is_result(value: Value) -> bool:
    return not value.path and bool(value.taint or value.consts is not None or value.refs or value.pieces is not None)
