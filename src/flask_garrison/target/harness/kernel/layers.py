"""Which layers are tried, in their order, and what is said about each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from ..outcome import Allowance, Limits
from .bounds import set_bounds

_NETWORK = frozenset({Allowance.NETWORK, Allowance.LOOPBACK, Allowance.DATABASE, Allowance.MAIL})
_UNIX_SOCKETS = frozenset({Allowance.NETWORK, Allowance.LOOPBACK, Allowance.DATABASE})


class Layers:
    """Tries layers; each is reported as active or as missing with its reason."""

    def __init__(self, root: str, allow: frozenset[Allowance]) -> None:
        self._root = root
        self._allow = allow
        self.active: list[str] = []
        self.missing: list[str] = []

    def install(self, parent: int) -> None:
        """Install what this machine permits. The order matters: a later layer could not install an earlier one."""
        connect = bool(self._allow & _NETWORK)
        if not connect:
            self._try("no network of its own", self._network)
        self._try("privileges were kept", self._capabilities)
        self._try("privileges can be regained", self._privileges)
        self._try("no Landlock", self._landlock)
        self._try("no filter of system calls", self._calls)
        self._try("it does not end with its parent", lambda: self._die_with(parent))

    def _try(self, without: str, layer: Callable[[], str]) -> None:
        try:
            words = layer()
        except (OSError, AttributeError) as error:
            # AttributeError: a C library without the function.
            reason = error.strerror if isinstance(error, OSError) else None
            self.missing.append(f"{without}: {reason or error}")
        else:
            if words:
                self.active.append(words)

    def _network(self) -> str:
        from .namespace import leave_the_network

        return f"no network ({leave_the_network()})"

    def _capabilities(self) -> str:
        from .privileges import drop_capabilities

        drop_capabilities()
        return "no privileges of root but to read files" if os.geteuid() == 0 else ""

    def _privileges(self) -> str:
        from .privileges import no_new_privileges

        no_new_privileges()
        return "no new privileges"

    def _landlock(self) -> str:
        from .landlock import confine

        execute = Allowance.COMMANDS in self._allow
        refused = confine(self._root, execute=execute, connect=bool(self._allow & _NETWORK))
        return f"Landlock: no {', no '.join(refused)}"

    def _calls(self) -> str:
        from .seccomp import refuse_calls

        refused = refuse_calls(
            processes=Allowance.COMMANDS not in self._allow, unix_sockets=not self._allow & _UNIX_SOCKETS
        )
        return f"seccomp: no {', no '.join(refused)}" if refused else ""

    def _die_with(self, parent: int) -> str:
        from .privileges import die_with

        die_with(parent)
        return ""


def install_kernel_layers(
    root: str, limits: Limits, allow: frozenset[Allowance], parent: int
) -> tuple[list[str], list[str]]:
    """Install what this machine permits.

    Args:
        root: The private folder.
        limits: How much the run may take.
        allow: What is allowed.
        parent: The process with which this one ends.

    Returns:
        Sentences of what is active, and of what is missing and why.
    """
    layers = Layers(root, allow)
    if sys.platform == "linux":
        layers.install(parent)
    else:
        layers.missing.append("no layer of the kernel: they are written for Linux")
    return layers.active + set_bounds(limits), layers.missing
