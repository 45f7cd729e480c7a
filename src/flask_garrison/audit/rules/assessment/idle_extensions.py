"""Extensions that were made and never given the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.extensions import cors_options, seasurf_of, talisman_of
from ...facts.own_code import own_modules
from ...inspected import Inspected
from ...rule import Match, Rule, checks

IDLE = Rule(
    id="assessment.idle-extension",
    kind="runtime",
    control="assessment.configuration-audit",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(693, 1188),
    asvs=(),
    title="A security extension was made and does nothing",
    why="The object stands in the code and looks like protection. Without init_app it never sees a request.",
    fix="Call init_app where the application is made.",
    before="csrf = CSRFProtect()\n\ndef create_app():\n    return Flask(__name__)",
    after="csrf = CSRFProtect()\n\ndef create_app():\n    app = Flask(__name__)\n    csrf.init_app(app)\n"
    "    return app",
    guard="Nothing: it cannot know what was meant. Its own guards start with Garrison(app).",
    language="python",
    items=(131,),
)

_AT_WORK: dict[str, Callable[[Inspected], Any]] = {
    "flask_wtf.csrf.CSRFProtect": lambda inspected: inspected.extension("csrf"),
    "flask_limiter._extension.Limiter": lambda inspected: (
        inspected.extension("limiter") or inspected.config.get("RATELIMIT_ENABLED") is False
    ),
    "flask_talisman.talisman.Talisman": lambda inspected: talisman_of(inspected.app),
    "flask_login.login_manager.LoginManager": lambda inspected: getattr(inspected.app, "login_manager", None),
    "flask_seasurf.SeaSurf": lambda inspected: seasurf_of(inspected.app),
    "flask_jwt_extended.jwt_manager.JWTManager": lambda inspected: inspected.extension("flask-jwt-extended"),
    "flask_cors.extension.CORS": cors_options,
}


@checks(IDLE, reads="app")
def idle(inspected: Inspected) -> Iterator[Match]:
    """Find such objects in modules of the project, where no extension of their kind is at work."""
    seen = set[int]()
    for module in own_modules(inspected):
        for name, value in list(vars(module).items()):
            kind = f"{type(value).__module__}.{type(value).__qualname__}"
            if kind in _AT_WORK and id(value) not in seen and not _AT_WORK[kind](inspected):
                seen.add(id(value))
                where = f"{module.__name__}.{name}"
                evidence = (Evidence("config", f"{where} is a {kind}"),)
                yield Match(f"{where} was never given the application", path=module.__file__, evidence=evidence)
