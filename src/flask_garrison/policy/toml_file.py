"""A policy from the table ``[policy]`` of a TOML file, such as ``garrison.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import PolicyError, nearest
from .config import PRESETS
from .fields import Policy

TABLE = "policy"


def policy_from_file(path: Path) -> Policy:
    """Return the policy that the table ``[policy]`` states.

    Raises:
        PolicyError: where the file cannot be read, has no such table, or the table does not keep to the settings.
    """
    import tomllib

    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PolicyError(str(path), f"it cannot be read as TOML: {error}") from error
    if TABLE not in tables:
        raise PolicyError(str(path), f"it has no table [{TABLE}].", nearest=nearest(TABLE, tables))
    return policy_from_table(tables[TABLE])


def policy_from_table(table: object) -> Policy:
    """Return the policy of a table that was read already: settings by name, and ``preset``.

    Raises:
        PolicyError: for an unknown setting, naming the nearest, or a wrong value.
    """
    if not isinstance(table, Mapping):
        raise PolicyError(TABLE, f"write [{TABLE}], one table of settings.")
    settings: dict[str, Any] = dict(table)
    preset = settings.pop("preset", "default")
    if not isinstance(preset, str) or preset not in PRESETS:
        raise PolicyError("preset", f"{preset!r} is not a preset.", nearest=nearest(str(preset), PRESETS))
    return PRESETS[preset]().with_settings(**settings)
