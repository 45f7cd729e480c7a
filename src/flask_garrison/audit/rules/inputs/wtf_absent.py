"""Applications that know users by a cookie and refuse no request of another site."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.extensions import seasurf_of
from ...facts.guarding import acts_by_cookie, has_cookie_login
from ...facts.layers import layers, words_of
from ...facts.own_code import is_own
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks
from ..access.jwt import settings
from ..access.routes_admin import admins, has_admins
from .wtf import DANGEROUS

ABSENT = Rule(
    id="inputs.no-csrf-protection",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="Requests from other sites are refused by nothing",
    why="Users are known by a cookie, and browsers send it with requests that other sites make unless SameSite keeps "
    "it back. Without a token or a look at where a request comes from, a page on another site acts as its visitor.",
    fix="Put Garrison(app) or CSRFProtect(app) in front of every view.",
    before="login_manager.init_app(app)",
    after="login_manager.init_app(app)\ncsrf = CSRFProtect(app)",
    guard="It refuses state-changing requests that come from another site's page.",
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
)

ADMIN = Rule(
    id="inputs.admin-without-csrf",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="The forms of Flask-Admin carry no token",
    why="Model views save, delete and run actions for a POST with the administrator's cookie. Unless told otherwise "
    "their forms have no token, so a page on another site that an administrator opens can do all of it.",
    fix="Use Flask-Admin's SecureForm as the base of forms, or CSRFProtect for the whole application.",
    before="class Users(ModelView): ...",
    after="class Users(ModelView):\n    form_base_class = SecureForm",
    guard="It refuses state-changing requests that come from another site's page.",
    language="python",
    lesson="inputs-the-other-tab",
    items=(53, 79),
)

JWT = Rule(
    id="inputs.jwt-cookie-without-csrf",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="Tokens in cookies are accepted from every site",
    why="A cookie goes along with requests that other sites make. Flask-JWT-Extended compares a second value by "
    "default; with JWT_COOKIE_CSRF_PROTECT off any site acts as its visitor.",
    fix="Leave JWT_COOKIE_CSRF_PROTECT on, or accept tokens in the header only.",
    before='app.config["JWT_COOKIE_CSRF_PROTECT"] = False',
    after='app.config["JWT_COOKIE_CSRF_PROTECT"] = True',
    guard="It refuses state-changing requests that come from another site's page.",
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
)

_TOKENS = frozenset(
    ("validate_on_submit", "validate_csrf", "csrf_token", "csrf", "verify_csrf", "check_csrf", "protect")
)
SHOWN = 10


def is_protected(inspected: Inspected) -> bool:
    """Return whether something looks at every request."""
    if inspected.enforces("inputs.csrf") or seasurf_of(inspected.app) is not None:
        return True
    csrf = inspected.extension("csrf")
    if csrf is not None and inspected.config.get("WTF_CSRF_ENABLED", True):
        return True
    hooks = inspected.app.before_request_funcs.get(None, ())
    return any("csrf" in word.lower() for hook in hooks for word in words_of(hook) if word.isidentifier())


def _open_routes(inspected: Inspected) -> list[Route]:
    """Return the project's changing routes that work by a cookie and check no token."""
    # A form of Flask-WTF compares its token whenever it is validated.
    tokens = _TOKENS | {"validate"} if inspected.module("flask_wtf") else _TOKENS
    found = []
    for route in inspected.routes:
        methods = [method for method in DANGEROUS if method in route.methods]
        if not methods or not is_own(inspected, route.view):
            continue
        by_cookie = any(acts_by_cookie(inspected.app, route, method) for method in methods)
        if by_cookie and not any(words_of(layer) & tokens for layer in layers(route.view)):
            found.append(route)
    return found


@checks(ABSENT, reads="app", needs=lambda inspected: has_cookie_login(inspected) and bool(_open_routes(inspected)))
def absent(inspected: Inspected) -> Iterator[Match]:
    """Find changing routes without a form that checks, in an application in which nothing else does."""
    if is_protected(inspected):
        return
    routes = sorted({route.rule for route in _open_routes(inspected)})
    kept_back = str(inspected.config.get("SESSION_COOKIE_SAMESITE")).lower() in ("lax", "strict")
    summary = "nothing looks at where these come from: " + ", ".join(routes[:SHOWN])
    yield Match(
        "changing routes are open to requests of other sites",
        severity=Severity.LOW if kept_back else None,
        evidence=(Evidence("config", summary, {"routes": routes}),),
    )


@checks(ADMIN, reads="app", needs=has_admins)
def admin(inspected: Inspected) -> Iterator[Match]:
    """Find model views whose forms have no token."""
    if is_protected(inspected):
        return
    for one in admins(inspected):
        for view in one._views:
            base = getattr(view, "form_base_class", None)
            # SecureForm is WTForms with its session token switched on.
            if base is not None and not getattr(getattr(base, "Meta", None), "csrf", False):
                yield Match(f"{view.endpoint} has forms without a token", route=view.url or None)


def _jwt_in_cookies(inspected: Inspected) -> bool:
    return inspected.extension("flask-jwt-extended") is not None and bool(settings(inspected, "jwt_in_cookies")[0])


@checks(JWT, reads="app", needs=_jwt_in_cookies)
def jwt(inspected: Inspected) -> Iterator[Match]:
    """Find the switch; SameSite keeps such a cookie back from most requests."""
    protects, same_site = settings(inspected, "cookie_csrf_protect", "cookie_samesite")
    if not protects and not is_protected(inspected):
        kept_back = str(same_site).lower() in ("lax", "strict")
        yield Match("JWT_COOKIE_CSRF_PROTECT is off", severity=Severity.LOW if kept_back else None)
