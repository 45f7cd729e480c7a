"""Garrison's own uploads and downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.value import UNKNOWN, Value, constant
from .flask_answers import answer
from .registry import alias, on_call

if TYPE_CHECKING:
    from ..events import Call

_INPUTS: Final = "flask_garrison.inputs"
alias({f"{_INPUTS}.uploads.{name}": f"{_INPUTS}.{name}" for name in ("save_upload", "send_upload")})


@on_call(f"{_INPUTS}.send_upload")
def send_upload(call: Call) -> Value:
    """A stored file; Garrison decides its type, and serves nothing that runs inline."""
    return answer(UNKNOWN, constant("@file"))


@on_call(f"{_INPUTS}.save_upload")
def save_upload(call: Call) -> Value:
    """A file under a name that Garrison made, of a type that was looked at."""
    return Value(path=f"{_INPUTS}.StoredUpload()")
