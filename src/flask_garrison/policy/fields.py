"""Policy: every setting of the guard, with its default, what it does, and what it risks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import PolicyError, nearest
from . import checks
from .chapters.access import AccessSettings
from .chapters.assessment import AssessmentSettings
from .chapters.headers import HeadersSettings
from .chapters.inputs import InputsSettings
from .chapters.monitoring import MonitoringSettings
from .chapters.passwords import PasswordsSettings
from .chapters.transport import TransportSettings
from .modes import MODES, Mode
from .setting import documented, setting, settings, validate

if TYPE_CHECKING:
    from os import PathLike


@settings(frozen=True, kw_only=True)
class Modes:
    """How the whole policy acts, and how each control does."""

    mode: Mode = setting(
        "enforce",
        checks.one_of(*MODES),
        "The mode of every control that `modes` does not name.",
        "`observe` refuses nothing and `off` does nothing: attacks succeed.",
    )
    modes: Mapping[str, Mode] = setting(
        {},
        checks.control_modes,
        "A mode for single controls, by control id, such as `{'inputs.csrf': 'observe'}`.",
        "A control in `observe` or `off` no longer protects.",
    )
    access: str = setting(
        "off",
        checks.one_of("off"),
        "Access rules. They come in a later version; until then only `off` is accepted.",
        "Garrison does not yet decide who may call a view.",
    )
    principal: Callable[[], object] | None = setting(
        None,
        checks.optional_callable,
        "Returns the id of whoever sends the current request, or `None`. The default asks Flask-Login, else the "
        "session.",
        "A wrong answer puts the wrong account into events and lets pages of users be stored by shared caches.",
    )


@settings(frozen=True, kw_only=True)
class Policy(
    MonitoringSettings,
    AssessmentSettings,
    HeadersSettings,
    TransportSettings,
    AccessSettings,
    PasswordsSettings,
    InputsSettings,
    Modes,
):
    """Everything an operator may decide; validated once, immutable afterwards.

    ``Policy()`` guards an existing application, :meth:`strict` a new one, :meth:`api` one that speaks JSON only.
    Every field can also be set as ``GARRISON_<FIELD>`` in the application's configuration. The settings of a chapter
    stand in ``chapters/<slug>.py``; a base class further right comes first.

    Raises:
        PolicyError: for an unknown setting, a wrong type, or settings that contradict each other. The message names
            the setting and the nearest valid one.
    """

    def __post_init__(self) -> None:
        validate(self)
        _refuse_contradictions(self)

    def mode_of(self, control: str) -> Mode:
        """Return the mode of one control: its own, else that of the whole policy."""
        return self.modes.get(control, self.mode)

    def with_settings(self, **changes: Any) -> Policy:
        """Return a copy with ``changes``; an unknown setting is an error that names the nearest valid one."""
        refuse_unknown(changes)
        return replace(self, **changes)

    @classmethod
    def strict(cls, **changes: Any) -> Policy:
        """Return the policy for a new application: everything named, nothing inline."""
        return cls().with_settings(**{**STRICT, **changes})

    @classmethod
    def api(cls, **changes: Any) -> Policy:
        """Return the policy for an application that speaks JSON only: nothing may be rendered or framed."""
        return cls().with_settings(**{**API, **changes})

    @classmethod
    def from_toml(cls, path: str | PathLike[str]) -> Policy:
        """Return the policy that the table ``[policy]`` of a TOML file states; nothing else of the file is read.

        Raises:
            PolicyError: where the file cannot be read or has no such table, and for a setting that is unknown or wrong.
        """
        from pathlib import Path

        from .toml_file import policy_from_file

        return policy_from_file(Path(path))


STRICT: dict[str, object] = {
    "duplicate_parameters": "refuse",
    "strict_query": True,
    "require_hosts": True,
    "hsts_max_age": 31_536_000,
    "hsts_subdomains": True,
    "session_idle_seconds": 3_600,
    "session_absolute_seconds": 43_200,
    "csrf_token_always": True,
    "default_src_none": True,
    "style_nonces": True,
    "frame_ancestors": ("'none'",),
    "httponly_always": True,
    "static_resource_policy": "same-site",
}
API: dict[str, object] = {
    "csrf_token_always": True,
    "csp": {
        "default-src": ("'none'",),
        "script-src": ("'none'",),
        "style-src": ("'none'",),
        "form-action": ("'none'",),
    },
    "frame_ancestors": ("'none'",),
    "httponly_always": True,
    "nonce_calls": (),
    "opener_policy": "same-origin",
    "other_resource_policy": "same-origin",
    "static_resource_policy": "same-site",
    "trusted_types": "off",
}


def refuse_unknown(settings: Mapping[str, object]) -> None:
    """Raise for the first key that is no setting, naming the nearest one."""
    valid = [name for name, _ in documented(Policy)]
    for key in settings:
        if key not in valid:
            raise PolicyError(key, "there is no such setting.", nearest=nearest(key, valid))


def _refuse_contradictions(policy: Policy) -> None:
    _refuse_contradictory_transport(policy)
    both = set(policy.cors_origins) & set(policy.cors_credentialed_origins)
    if both:
        raise PolicyError("cors_origins", f"{sorted(both)} stand in cors_credentialed_origins too; name each once.")
    if "frame-ancestors" in policy.csp:
        raise PolicyError("csp", "frame-ancestors is set by frame_ancestors.", nearest="frame_ancestors")
    if "'none'" in policy.frame_ancestors and len(policy.frame_ancestors) > 1:
        raise PolicyError("frame_ancestors", "'none' cannot stand beside other sources.")
    if policy.script_cookies and not policy.httponly_always:
        raise PolicyError("script_cookies", "it has no effect unless httponly_always is on.")
    if policy.allow_insecure_style_attributes and not policy.style_nonces:
        raise PolicyError("allow_insecure_style_attributes", "it has no effect unless style_nonces is on.")
    named = set(policy.script_cookies) & set(policy.httponly_cookies)
    if named:
        raise PolicyError("script_cookies", f"{sorted(named)} stand in httponly_cookies too.")


def _refuse_contradictory_transport(policy: Policy) -> None:
    if policy.hsts_preload and (policy.hsts_max_age < 31_536_000 or not policy.hsts_subdomains):
        raise PolicyError("hsts_preload", "the list wants hsts_max_age of a year and hsts_subdomains.")
    if policy.session_idle_seconds > policy.session_absolute_seconds:
        raise PolicyError("session_idle_seconds", "it is longer than session_absolute_seconds and has no effect.")
    if policy.security_txt and not policy.security_contacts:
        raise PolicyError("security_txt", "it has no effect without security_contacts.")
