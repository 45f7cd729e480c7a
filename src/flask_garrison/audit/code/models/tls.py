"""TLS contexts: one object for each call, and what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.objects import Record
from ..values.value import Value
from .registry import alias, on_call

if TYPE_CHECKING:
    from ..events import Call

CONTEXT: Final = "ssl.SSLContext()"
SERVER_CONTEXT: Final = "ssl.ServerContext()"
"""A context that accepts connections: asking browsers for a certificate is not expected of it."""

alias(
    {
        "ssl.VerifyMode.CERT_NONE": "ssl.CERT_NONE",
        "ssl.VerifyMode.CERT_REQUIRED": "ssl.CERT_REQUIRED",
        "ssl._SSLMethod.PROTOCOL_TLSv1": "ssl.PROTOCOL_TLSv1",
        "ssl.Purpose.CLIENT_AUTH": "ssl.CLIENT_AUTH",
        "requests.session": "requests.Session",
        "requests.sessions.Session": "requests.Session",
        "urllib3.poolmanager.PoolManager": "urllib3.PoolManager",
        "requests.packages.urllib3.PoolManager": "urllib3.PoolManager",
        "requests.packages.urllib3.poolmanager.PoolManager": "urllib3.PoolManager",
        "urllib3.util.ssl_.create_urllib3_context": "urllib3.util.create_urllib3_context",
        "urllib3.util.ssl_.create_urllib3_context()": CONTEXT,
        "urllib3.util.create_urllib3_context()": CONTEXT,
    }
)


@on_call(
    "ssl.SSLContext", "ssl.create_default_context", "urllib3.util.create_urllib3_context", "ssl._create_stdlib_context"
)
def context(call: Call) -> Value:
    """A new context, one object for each call."""
    server = any(value.path in ("ssl.CLIENT_AUTH", "ssl.PROTOCOL_TLS_SERVER") for value in call.values)
    return Value(path=SERVER_CONTEXT if server else CONTEXT, refs=(Record(),))
