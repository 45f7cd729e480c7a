"""Views that are given a path by the address and open files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.layers import file_of, layers, line_of, words_of
from ...facts.own_code import is_own
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

PATH_TO_FILE = Rule(
    id="inputs.path-to-file",
    kind="runtime",
    control="inputs.paths",
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    cwe=(22, 73),
    asvs=("V5.3.2",),
    title="A view takes a path from the address and opens files",
    why="A <path:...> part holds slashes, and .. in another spelling. Joined to a folder by hand it can name any file "
    "that the process may read or write. The view uses neither send_from_directory nor safe_join.",
    fix="Use send_from_directory, or safe_join before opening the file.",
    before='@app.get("/files/<path:name>")\ndef file(name):\n    return send_file(os.path.join(FOLDER, name))',
    after='@app.get("/files/<path:name>")\ndef file(name):\n    return send_from_directory(FOLDER, name)',
    guard="It refuses control characters in addresses, and does not watch files in this version.",
    language="python",
    lesson="inputs-read-me-a-file",
    items=(55, 94, 95),
)

_OPENS = frozenset(
    [
        "open",
        "send_file",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "unlink",
        "rmtree",
        "remove",
        "rename",
        "copyfile",
        "FileResponse",
        "extractall",
    ]
)
_SAFE = re.compile(
    r"(?i)safe|secur|valid|saniti|is_relative_to|commonpath|realpath|resolve|relative_to|send_from_directory"
)


@checks(PATH_TO_FILE, reads="app", needs=lambda inspected: any(map(_takes_path, inspected.routes)))
def path_to_file(inspected: Inspected) -> Iterator[Match]:
    """Read which names the code of such a view uses."""
    for route in {route.endpoint: route for route in filter(_takes_path, inspected.routes)}.values():
        if not is_own(inspected, route.view):
            continue
        view = list(layers(route.view))[-1]
        words = words_of(view)
        opens = sorted(words & _OPENS)
        if opens and not any(map(_SAFE.search, words)):
            summary = f"{route.endpoint} takes {', '.join(sorted(_paths(route)))} from the address and uses {opens[0]}"
            yield Match(
                f"{route.endpoint} opens files by a path from the address",
                subject=route.rule,
                route=route.rule,
                path=file_of(view),
                line=line_of(view),
                evidence=(Evidence("config", summary),),
            )


def _takes_path(route: Route) -> bool:
    return bool(_paths(route)) and route.view is not None


def _paths(route: Route) -> list[str]:
    # ``_converters`` is filled when a rule is bound; its class tells what a part may hold.
    converters = getattr(route.url_rule, "_converters", {})
    return [name for name, converter in converters.items() if getattr(converter, "part_isolating", True) is False]
