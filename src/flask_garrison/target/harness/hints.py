"""A word of help for what an application lacked when it was loaded."""

from __future__ import annotations

import os
import re

_ASKS_FOR_SETTINGS = re.compile(
    r"environment variable|env(ironment)? var|must be set|not (been )?(set|configured|found in config)|SECRET_KEY"
    r"|DATABASE_U(RL|RI)|missing (setting|config)",
    re.IGNORECASE,
)
_SETTINGS_ERRORS = frozenset({"UndefinedValueError", "EnvError", "ImproperlyConfigured", "SettingsError"})
_FILE_OF_ENVIRON = type(os.environ).__getitem__.__code__.co_filename
_HOW = "set it for this run, or in a .env file next to the application"


def hint_for(error: BaseException) -> str:
    """Return what to do about an exception that says that configuration is missing, or an empty text."""
    if isinstance(error, KeyError) and error.args:
        if _raised_by_environ(error):
            return f"It needs the environment variable {error.args[0]}: {_HOW}."
        return f"If {error.args[0]!r} is configuration that it reads from its environment: {_HOW}."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"It needs the file {os.fsdecode(error.filename)}; commands of Garrison run in the working directory."
    if type(error).__name__ in _SETTINGS_ERRORS or _ASKS_FOR_SETTINGS.search(str(error)):
        return f"It needs configuration: {_HOW}."
    return ""


def _raised_by_environ(error: BaseException) -> bool:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename == _FILE_OF_ENVIRON
