"""Clients of other servers: what they are given chooses where a request goes; what comes back is another's."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import reach
from ..values.objects import Class, Instance, Sequence
from ..values.refinement import Change, Test
from ..values.taint import Use
from ..values.value import EITHER, UNKNOWN, Value
from .registry import alias, on_attribute, on_call
from .support import prove

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

_ADAPTED: Final = "own adapter"
_CONNECTS: Final = frozenset({"get_connection", "get_connection_with_tls_context", "init_poolmanager"})
_ASKED: Final = "network asked"
VERBS: Final = ("get", "post", "put", "patch", "delete", "head", "options")
CLIENTS: Final = (
    "requests.Session()",
    "httpx.Client()",
    "aiohttp.ClientSession()",
    "urllib3.PoolManager()",
    "requests_html.HTMLSession()",
)

alias(
    {
        "requests.session": "requests.Session",
        "requests.sessions.Session": "requests.Session",
        "requests.api.get": "requests.get",
        "requests.api.post": "requests.post",
        "requests.api.request": "requests.request",
        "httpx.AsyncClient": "httpx.Client",
        "urllib2.urlopen": "urllib.request.urlopen",
        "urllib2.Request": "urllib.request.Request",
        "urllib.urlopen": "urllib.request.urlopen",
        "six.moves.urllib.request.urlopen": "urllib.request.urlopen",
        "six.moves.urllib.request.Request": "urllib.request.Request",
        "six.moves.urllib.parse.urlparse": "urllib.parse.urlsplit",
        "ipaddress.IPv4Address": "ipaddress.ip_address",
        "ipaddress.IPv6Address": "ipaddress.ip_address",
        "netaddr.IPAddress": "ipaddress.ip_address",
        "urllib3.connectionpool.connection_from_url": "urllib3.connection_from_url",
    }
)


@on_call("urllib.request.Request", "requests.Request", "httpx.Request")
def request(call: Call) -> Value:
    """A request that is still to be sent: as dangerous as its address."""
    position = 0 if call.path.startswith("urllib") else 1
    value = call.arg(position, "url")
    if value is None:
        return UNKNOWN
    return value.but(path="", derived=("same", value, None)) if value.taint or value.pieces else UNKNOWN


@on_call(
    *(f"requests.{verb}" for verb in (*VERBS, "request")),
    *(f"httpx.{verb}" for verb in (*VERBS, "request", "stream")),
    *(f"{client}.{verb}" for client in CLIENTS for verb in (*VERBS, "request", "send", "stream", "urlopen")),
    "urllib3.request",
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
)
def response(call: Call) -> Value:
    """What another server answers: nothing that this client wrote, but nothing to trust either."""
    return Value(path="http.answer()")


@on_call("requests.Request().prepare", "requests.Session().prepare_request", "?.prepare")
def prepared(call: Call) -> Value | None:
    """A request made ready: where it goes stays the same."""
    value = call.args[0] if call.args else call.receiver
    return value if value is not None and call.machine.taint(value) else None


@on_call("http.answer().json", "http.answer().read", "http.answer().text", "http.answer().iter_content")
def body(call: Call) -> Value:
    """The body of an answer."""
    return UNKNOWN


@on_attribute("http.answer().text", "http.answer().content")
def body_text(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The body of an answer."""
    return UNKNOWN


# --- addresses of the network ----------------------------------------------------------------------------------------


@on_call("socket.getaddrinfo", "socket.gethostbyname_ex")
def all_resolved(call: Call) -> Value:
    """The addresses of a host, at least one: what a loop tests of each is tested."""
    item = resolved(call)
    return Value(refs=(Sequence((item if item is not None else UNKNOWN,)),))


@on_call("socket.gethostbyname")
def resolved(call: Call) -> Value:
    """The address of a host: the same host, until somebody changes the name."""
    value = call.arg(0, "hostname", "host")
    if value is None or not call.machine.taint(value):
        return Value(path="socket.address()")
    step = call.machine.step(call.node, value.step)
    return Value(call.machine.taint(value) & (Use.HOST | Use.CLIENT), step=step, derived=("resolved", value, None))


@on_call("ipaddress.ip_address")
def address(call: Call) -> Value:
    """An address out of a text: that it could be made proves the text to be one."""
    value = call.arg(0, "address")
    if value is None or not call.machine.taint(value):
        return Value(path="ipaddress.address()", derived=("address", value, None) if value is not None else None)
    prove(call, value, ~Use.CLIENT & ~Use.HOST & ((1 << 40) - 1))
    taint, step = reach(call.machine, value)
    return Value(
        taint & (Use.HOST | Use.CLIENT),
        path="ipaddress.address()",
        step=call.machine.step(call.node, step),
        derived=("address", value, None),
    )


@on_call("?.mount", "requests.Session().mount")
def mounted(call: Call) -> Value | None:
    """``self.mount("https://", Adapter())``: an adapter that makes the connections itself may refuse addresses."""
    adapter, function = call.arg(1, "adapter"), call.machine.frame.function
    own = [ref.cls for ref in adapter.refs if isinstance(ref, Instance)] if adapter is not None else []
    if not any(not _CONNECTS.isdisjoint(cls.scope.payload) for cls in own):
        return None
    if function is not None and function.owner is not None:
        call.machine.notes.setdefault(_ADAPTED, set()).add(function.owner)
    return UNKNOWN


def is_adapted(machine: Machine, session: Value | None) -> bool:
    """Return whether a session is of a class whose connections the project makes itself."""
    adapted: set[Class] = machine.notes.get(_ADAPTED, set())
    refs = session.refs if session is not None and adapted else ()
    return any(not adapted.isdisjoint(ref.cls.ancestors()) for ref in refs if isinstance(ref, Instance))


def was_asked(machine: Machine, value: Value) -> bool:
    """Return whether the code looked into which network a client's address lies, on some way at least."""
    return value.step is not None and (_ASKED, value.step.chain()[0]) in machine.reads


@on_attribute(
    *(
        f"ipaddress.address().is_{word}"
        for word in ("private", "global", "loopback", "reserved", "link_local", "multicast")
    )
)
def nature(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """Whether an address lies inside: ``is_private`` covers what leads back to the machine and its networks."""
    from ..interpreter.comparisons import origins

    changes = tuple(Change(one, Use.HOST) for one in origins(value)) if value.taint else ()
    if value.taint and value.step is not None:
        machine.reads[(_ASKED, value.step.chain()[0])] = value
    if path.endswith("is_private"):
        return Value(consts=EITHER.consts, test=Test((), changes))
    if path.endswith("is_global"):
        return Value(consts=EITHER.consts, test=Test(changes, ()))
    return EITHER
