"""The smallest job: it says that the application was loaded, and answers a few requests in the child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask


def answer(app: Flask, spec: dict[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Send each of the requested paths to the application.

    Args:
        app: The application.
        spec: ``paths``: what to request.
        progress: Is told each path.

    Returns:
        ``name`` of the application, and ``answers``: status and text for each path.
    """
    client = app.test_client()
    answers = []
    for path in spec.get("paths", ()):
        progress(f"requesting {path}")
        response = client.get(path)
        answers.append([response.status_code, response.get_data(as_text=True)])
    return {"name": app.name, "answers": answers}
