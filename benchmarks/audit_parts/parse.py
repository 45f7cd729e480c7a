"""The limit: ``ast.parse`` of each file named in a list, and nothing else.

python parse.py LIST FILE
"""

from __future__ import annotations

import ast
import json
import sys
import warnings
from pathlib import Path


def main(listed: str, output: str) -> None:
    """Parse every file; write how many were read and which could not be."""
    warnings.simplefilter("ignore")
    paths, failed = Path(listed).read_text().splitlines(), []
    for path in paths:
        try:
            ast.parse(Path(path).read_bytes())
        except (SyntaxError, ValueError) as error:
            failed.append(f"{path}: {error}")
    Path(output).write_text(json.dumps({"files": len(paths), "failed": failed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
