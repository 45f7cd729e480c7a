"""SecurityEvent: one thing that happened, in the form in which every consumer reads it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from .redaction import clean
from .vocabulary import NAMES

Outcome = Literal["refused", "would_refuse", "allowed", "error"]
CONTROL = "monitoring.event-format"
SCHEMA = 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class SecurityEvent:
    """One event, already redacted: it can be logged as it is.

    Attributes:
        event: A name of the OWASP vocabulary with its arguments.
        control: Id of the control that speaks.
        outcome: ``refused``, ``would_refuse`` (observe mode), ``allowed`` or ``error``.
        app: Name of the application.
        time: UTC, ISO 8601, microseconds.
        route: The rule as in ``url_map``; empty when nothing matched.
        client: Address of the peer.
        account: Id of the account, empty when unknown.
        session: Keyed hash of the session cookie, 16 hex digits.
        appsensor: Id of the OWASP AppSensor detection point, such as ``"IE1"``.
        detail: More facts; for a summary of a flood, ``suppressed`` is the exact count.
    """

    event: str
    control: str
    outcome: Outcome
    app: str
    route: str = ""
    method: str = ""
    status: int | None = None
    client: str = ""
    account: str = ""
    session: str = ""
    request_id: str = ""
    sensor: str = ""
    parameter: str = ""
    appsensor: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    schema: int = SCHEMA
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    time: str = field(default_factory=_now)

    def __post_init__(self) -> None:
        if self.event.partition(":")[0] not in NAMES:
            raise ValueError(f"{self.event!r} is not in the vocabulary of event names.")
        for name in ("event", "app", "route", "method", "client", "account", "parameter", "detail"):
            object.__setattr__(self, name, clean(getattr(self, name)))

    def __repr__(self) -> str:
        return f"<SecurityEvent {self.event} {self.outcome} by {self.control} on {self.method} {self.route}>"

    @property
    def name(self) -> str:
        """The event's name without its arguments."""
        return self.event.partition(":")[0]

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, in the order of the contract."""
        values = asdict(self)
        order = ("schema", "id", "time", *(key for key in values if key not in ("schema", "id", "time")))
        return {key: values[key] for key in order}

    def as_json(self) -> str:
        """Return one line of JSON, pure ASCII: no control character, no line separator can end it early."""
        return json.dumps(self.as_dict(), ensure_ascii=True, separators=(",", ":"), default=str)
