"""``python -m flask_garrison.cli``."""

from __future__ import annotations

from . import main

main()
