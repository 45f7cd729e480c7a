"""How Sphinx builds these pages."""

import re
from pathlib import Path

VERSION_FILE = Path(__file__).parent.parent / "src" / "flask_garrison" / "_version.py"
version_line = re.search(r'__version__ = "(.+)"', VERSION_FILE.read_text())
if version_line is None:
    raise ValueError(f"{VERSION_FILE} states no version")

project = "Flask-Garrison"
author = "the Flask-Garrison authors"
copyright = f"2026, {author}"
version = release = version_line.group(1)

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"{project} {version}"
