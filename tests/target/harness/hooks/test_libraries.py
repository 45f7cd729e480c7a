"""Shared libraries are found as the loader finds them."""

from __future__ import annotations

import ctypes.util
import sys

import pytest

from flask_garrison.target.harness.hooks.libraries import find_library


@pytest.mark.skipif(sys.platform != "linux", reason="only there is it replaced")
@pytest.mark.parametrize("name", ["c", "m", "pthread", "z", "ssl", "no-such-library"])
def test_the_same_as_python_finds(name: str) -> None:
    expected = ctypes.util.find_library(name)
    if expected is None and name != "no-such-library":
        pytest.skip(f"this machine has no {name}")
    assert find_library(name) == expected
