"""Mails: messages whose headers are set one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.value import NONE, Value
from .registry import alias, on_call

if TYPE_CHECKING:
    from ..events import Call

LEGACY: Final = "email.message.Message()"
"""Messages of the old policy, which looks at a header only when it writes it, and not closely."""
_OLD: Final = (
    "mime.text.MIMEText",
    "mime.multipart.MIMEMultipart",
    "mime.base.MIMEBase",
    "mime.application.MIMEApplication",
    "mime.image.MIMEImage",
    "mime.nonmultipart.MIMENonMultipart",
    "MIMEText.MIMEText",
    "MIMEMultipart.MIMEMultipart",
)

alias({f"email.{path}()": LEGACY for path in _OLD})


@on_call("smtplib.SMTP().sendmail", "smtplib.SMTP().send_message", "smtplib.SMTP_SSL().sendmail")
def sent(call: Call) -> Value:
    """Nothing comes back that says anything."""
    return NONE
