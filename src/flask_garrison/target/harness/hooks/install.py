"""Installs the guards of Python in the child, before anything of the application is imported."""

from __future__ import annotations

import os

from ..outcome import Allowance
from ..recorder import Recorder
from . import real
from .backstop import Backstop, install_hooks
from .commands import Commands
from .copying import Copier
from .databases import Databases
from .files import install_files
from .libraries import install_libraries
from .network import Network
from .overlay import Overlay
from .reading import Reading
from .writing import Writing

_MIB = 1024 * 1024


def install_guards(root: str, recorder: Recorder, copy_mb: int) -> list[str]:
    """Install them.

    Args:
        root: The private folder.
        recorder: Tells the parent, and knows what is allowed.
        copy_mb: How much may be copied in all, in MiB.

    Returns:
        A sentence for each protection.
    """
    copier = Copier(copy_mb * _MIB, lambda path, why: recorder.refuse("write", f"{path}: it {why}"))
    overlay = Overlay(root, copier, recorder.redirected)
    real.mkdir(overlay.upper, 0o700)
    reading = Reading(overlay)
    writing = Writing(overlay, reading, recorder)
    databases = Databases(overlay, reading, recorder)
    network, commands = Network(recorder), Commands(recorder)
    databases.install()
    network.install()
    if not recorder.allows(Allowance.COMMANDS):
        commands.install()
        install_libraries()
    _watch_exit(recorder)
    install_files(reading, writing)
    backstop = Backstop(overlay, writing, databases, recorder)
    install_hooks(backstop.hooks(), network.hooks(), commands.hooks())
    return list(_sentences(recorder))


def _watch_exit(recorder: Recorder) -> None:
    """Let the parent know from where the process was ended past everything."""
    from .patching import Builtin, replace_everywhere

    def leave(status: int) -> None:
        recorder.exits(status)
        real.end_process(status)

    replace_everywhere({os._exit: Builtin(leave, os._exit)})


def _sentences(recorder: Recorder) -> list[str]:
    """Return what is active, in the words of a report."""
    sentences = ["what it wrote went to a private copy", "each SQLite file was copied before it was opened"]
    allowed = {str(each) for each in recorder.allow}
    if Allowance.NETWORK not in allowed:
        sentences.append(_NO_CONNECTIONS[bool(allowed & {Allowance.LOOPBACK, Allowance.DATABASE})])
    if Allowance.MAIL not in allowed:
        sentences.append("no mail, by hooks in Python")
    if Allowance.COMMANDS not in allowed:
        sentences.append("no commands and no further processes, by hooks in Python")
    return sentences


_NO_CONNECTIONS = ("no connections at all, by hooks in Python", "no connections but allowed ones, by hooks in Python")
