"""What the rules of bandit, and those of ruff with the same numbers, are about, by CWE: an id names a family.

``# nosec B602`` says that somebody looked at a command; it says nothing of a path on the same line.
"""

from __future__ import annotations

_EXEC = frozenset({94, 95, 470, 913})
_COMMAND = frozenset({77, 78, 88, 426, 427})
_SECRET = frozenset({259, 321, 522, 540, 798})
_TEMPORARY = frozenset({276, 377, 379, 668, 732})
_XML = frozenset({91, 112, 611, 776, 827})
_OBJECTS = frozenset({502, 915})
_MARKUP = frozenset({79, 80, 83, 94, 116, 1336})
_HASH = frozenset({326, 327, 328, 759, 760, 916})
_CIPHER = frozenset({326, 327, 328, 329, 1204})
_TLS = frozenset({295, 297, 326, 327, 757})
_CLEAR = frozenset({200, 311, 319, 523})
_SQL = frozenset({89, 564, 943})
_ADDRESS = frozenset({22, 601, 918})
_QUIET = frozenset({390, 391, 396, 703, 755})

FAMILIES: dict[int, frozenset[int]] = {
    101: frozenset({617, 703, 862, 863}),
    102: _EXEC,
    103: _TEMPORARY,
    104: frozenset({200, 605, 668, 1327}),
    **dict.fromkeys((105, 106, 107), _SECRET),
    108: _TEMPORARY,
    109: _EXEC,
    **dict.fromkeys((110, 112), _QUIET),
    113: frozenset({400, 770, 1088}),
    201: frozenset({94, 215, 489}),
    202: frozenset({22, 23, 59, 409}),
    **dict.fromkeys((301, 302, 403), _OBJECTS),
    **dict.fromkeys((303, 324), _HASH),
    **dict.fromkeys((304, 305, 413), _CIPHER),
    **dict.fromkeys((306, 325), _TEMPORARY),
    307: _EXEC,
    308: _MARKUP,
    310: _ADDRESS,
    311: frozenset({330, 331, 335, 337, 338, 340}),
    **dict.fromkeys((312, 321, 401, 402), _CLEAR),
    **dict.fromkeys(range(313, 321), _XML),
    323: _TLS,
    **dict.fromkeys(range(405, 412), _XML),
    404: _COMMAND,
    412: frozenset({284, 441}),
    501: _TLS,
    **dict.fromkeys((502, 503, 504), _TLS),
    505: _CIPHER,
    506: _OBJECTS | {20},
    507: frozenset({295, 322}),
    **dict.fromkeys((508, 509), _CLEAR),
    **dict.fromkeys(range(601, 608), _COMMAND),
    **dict.fromkeys((608, 610, 611), _SQL),
    609: _COMMAND | {155},
    612: _EXEC | _OBJECTS,
    **dict.fromkeys((614, 615), _OBJECTS | {494}),
    **dict.fromkeys((701, 702, 703, 704), _MARKUP),
}
"""CWE numbers by the number of a rule."""


def is_about(numbers: frozenset[int] | None, cwe: tuple[int, ...]) -> bool:
    """Return whether a comment that names these rules is about a finding with these CWE numbers."""
    return numbers is None or any(not FAMILIES.get(number, frozenset()).isdisjoint(cwe) for number in numbers)
