"""A policy from the application's configuration: ``GARRISON_<SETTING>`` for every setting, and ``GARRISON_PRESET``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ..errors import PolicyError, nearest
from .fields import Policy, refuse_unknown
from .setting import shown

PREFIX = "GARRISON_"
PRESETS: dict[str, Callable[[], Policy]] = {"default": Policy, "strict": Policy.strict, "api": Policy.api}


def policy_from_config(
    config: Mapping[str, Any], policy: Policy | None = None, shorthand: Mapping[str, Any] | None = None
) -> Policy:
    """Combine a policy from Python, keyword shorthand and ``GARRISON_*`` keys into one.

    Args:
        config: The application's configuration.
        policy: The policy given in Python, or ``None`` for the preset that the configuration names.
        shorthand: Settings given as keywords of ``Garrison(app, ...)``.

    Raises:
        PolicyError: for an unknown key, or where Python and the configuration say different things.
    """
    given = dict(shorthand or {})
    refuse_unknown(given)
    configured = _configured(config)
    base = _base(configured.pop("preset", None), policy)
    for name, value in configured.items():
        _refuse_conflict(name, value, policy, given)
    return base.with_settings(**{**configured, **given})


def _base(preset: object, policy: Policy | None) -> Policy:
    if preset is None:
        return policy or Policy()
    key = f"{PREFIX}PRESET"
    if policy is not None:
        raise PolicyError(key, "a policy is given in Python too; choose one place.")
    if not isinstance(preset, str) or preset not in PRESETS:
        raise PolicyError(key, f"{preset!r} is not a preset.", nearest=nearest(str(preset), PRESETS))
    return PRESETS[preset]()


def _configured(config: Mapping[str, Any]) -> dict[str, Any]:
    valid = {f"{PREFIX}{item.name.upper()}": item.name for item in fields(Policy)}
    valid[f"{PREFIX}PRESET"] = "preset"
    result: dict[str, Any] = {}
    for key, value in config.items():
        if not key.startswith(PREFIX):
            continue
        if key not in valid:
            raise PolicyError(key, "there is no such setting.", nearest=nearest(key, valid))
        result[valid[key]] = value
    return result


def _refuse_conflict(name: str, value: object, policy: Policy | None, given: Mapping[str, Any]) -> None:
    key = f"{PREFIX}{name.upper()}"
    if name in given and given[name] != value:
        raise PolicyError(key, f"{shown(value)} contradicts {name}={shown(given[name])} given in Python.")
    if policy is None:
        return
    stated = getattr(policy, name)
    checked = getattr(Policy().with_settings(**{name: value}), name) if stated != value else value
    if stated not in (checked, getattr(Policy(), name)):
        raise PolicyError(key, f"{shown(value)} contradicts the {name}={shown(stated)} of the policy given in Python.")
