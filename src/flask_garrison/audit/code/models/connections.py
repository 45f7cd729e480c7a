"""Connections that are made safe, or checked, after they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.value import UNKNOWN, Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call


@on_call("ftplib.FTP", "smtplib.SMTP", "imaplib.IMAP4", "poplib.POP3")
def made(call: Call) -> Value:
    """A connection; it remembers where it was made."""
    return Value(path=f"{call.path}()", step=call.machine.step(call.node, None, label="the connection"))


@on_call("smtplib.SMTP().starttls", "imaplib.IMAP4().starttls", "poplib.POP3().stls")
def encrypted(call: Call) -> Value:
    """From here on it is encrypted."""
    if call.receiver is not None:
        call.machine.reads[("encrypted", call.receiver)] = UNKNOWN
    return UNKNOWN


@on_call("paramiko.Transport().get_remote_server_key", "paramiko.transport.Transport().get_remote_server_key")
def host_key(call: Call) -> Value | None:
    """The code looks at the host's key by itself."""
    if call.receiver is not None:
        call.machine.reads[("host key read", call.receiver)] = UNKNOWN
    return None
