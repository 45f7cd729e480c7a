"""Connections that are made safe, or checked, after they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.objects import Record
from ..values.value import TRUE, UNKNOWN, Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call


ENCRYPTED: Final = "@encrypted"
_WHERE: Final = "@where"


@on_call("ftplib.FTP", "smtplib.SMTP", "imaplib.IMAP4", "poplib.POP3", "ldap.initialize", "ldap3.Connection")
def made(call: Call) -> Value:
    """A connection that is not encrypted yet, one object for each call."""
    where = call.arg(0, "host", "uri", "server") or UNKNOWN
    held = {_WHERE: where}
    if any(ENCRYPTED in ref.payload for ref in where.refs if isinstance(ref, Record)):
        held[ENCRYPTED] = TRUE
    step = call.machine.step(call.node, None, label="the connection")
    return Value(path=f"{call.path}()", refs=(Record(held),), step=step)


@on_call("ldap3.Server")
def ldap_server(call: Call) -> Value:
    """A directory server; its address and ``use_ssl`` say whether connections are encrypted."""
    where, tls = call.arg(0, "host") or UNKNOWN, call.arg(2, "use_ssl")
    plain = tls is None or tls.is_only(False)
    return Value(path="ldap3.Server()", refs=(Record({_WHERE: where} if plain else {_WHERE: where, ENCRYPTED: TRUE}),))


@on_call(
    "smtplib.SMTP().starttls",
    "imaplib.IMAP4().starttls",
    "poplib.POP3().stls",
    "ldap.initialize().start_tls_s",
    "ldap3.Connection().start_tls",
)
def encrypted(call: Call) -> Value:
    """From here on it is encrypted."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record):
            call.machine.heap.write(ref, {**ref.payload, ENCRYPTED: TRUE})
    return UNKNOWN


def is_encrypted(value: Value | None) -> bool:
    """Return whether a connection is encrypted, or may be: it was not seen how it was made."""
    records = [ref for ref in (value.refs if value is not None else ()) if isinstance(ref, Record)]
    return not records or any(ENCRYPTED in ref.payload for ref in records)


def address_of(value: Value | None) -> Value:
    """Return the host or address that a connection was made to."""
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Record) and _WHERE in ref.payload:
            found: Value = ref.payload[_WHERE]
            return address_of(found) if found.path == "ldap3.Server()" else found
    return UNKNOWN


@on_call("paramiko.Transport().get_remote_server_key", "paramiko.transport.Transport().get_remote_server_key")
def host_key(call: Call) -> Value | None:
    """The code looks at the host's key by itself."""
    if call.receiver is not None:
        call.machine.reads[("host key read", call.receiver)] = UNKNOWN
    return None
