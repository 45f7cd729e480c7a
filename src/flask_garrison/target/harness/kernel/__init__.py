"""What the kernel gives on top of the hooks in Python: tried in order, reported, never required."""

from __future__ import annotations

from .layers import install_kernel_layers

__all__ = ["install_kernel_layers"]
