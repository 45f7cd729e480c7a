"""From what a user types to a path or a Flask application, resolved as Flask's own command line does."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import click
from flask import Flask
from flask.cli import ScriptInfo, load_dotenv
from flask.helpers import get_load_dotenv

from ..errors import TargetError

_NOT_THE_APPS = (__file__, contextlib.__file__, os.path.join("flask", "cli.py"), "importlib")


def resolve(text: str) -> Path | str:
    """Return a path if one of that name exists, else ``text`` as the name of an application.

    A path wins: reading files is harmless, importing an application is not.

    Raises:
        TargetError: where it is neither an existing path nor of the form ``module:app``.
    """
    if os.path.lexists(text):
        return Path(text)
    if ":" in text and os.sep not in text.partition(":")[2]:
        return text
    raise TargetError(
        f"{text!r}: there is no such file or folder. An application is written module:app or --app module."
    )


def load_app(name: str | None = None, info: ScriptInfo | None = None) -> Flask:
    """Import an application, or call its factory.

    What the application prints while it is imported goes to standard error.

    Args:
        name: ``module``, ``module:app``, ``module:create_app`` or ``module:create_app('argument')``; where it is
            ``None``, ``FLASK_APP``, ``wsgi.py`` and ``app.py`` are tried, as Flask does.
        info: What ``flask`` has already found out, when called as ``flask garrison``.

    Raises:
        TargetError: with the application's own traceback where its code failed.
    """
    with _traceback_of_the_app(name):
        if info is None or name is not None:
            load_dotenv(load_defaults=get_load_dotenv(True))
            # The debug flag stays as the application's code set it: it is part of what is inspected.
            info = ScriptInfo(app_import_path=name or os.environ.get("FLASK_APP"), set_debug_flag=False)
        return _checked(info.load_app())


def _checked(app: object) -> Flask:
    if not isinstance(app, Flask):
        raise TargetError(f"{app!r} is no Flask application.")
    return app


@contextlib.contextmanager
def _traceback_of_the_app(name: str | None) -> Iterator[None]:
    words = f"The application {name!r} cannot be loaded" if name else "The application cannot be loaded"
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except click.ClickException as error:
        raise TargetError(f"{words}: {error.format_message()}") from error
    except SystemExit as error:
        raise TargetError(f"{words}: it ended the process with status {error.code!r} while it was imported.") from error
    except TargetError:
        raise
    except Exception as error:
        raise TargetError(f"{words}. Its own traceback:\n\n{_own_traceback(error)}") from error


def _own_traceback(error: Exception) -> str:
    """Format the traceback without the frames of Garrison, Flask's command line and the import system."""
    frame: TracebackType | None = error.__traceback__
    while frame is not None and any(part in frame.tb_frame.f_code.co_filename for part in _NOT_THE_APPS):
        frame = frame.tb_next
    return "".join(traceback.format_exception(type(error), error, frame)).rstrip()
