"""Decorators of libraries that are called as functions: what they return runs what they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.objects import Bound, Class, Function, Partial
from ..values.value import Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call

_LOGINS: Final = (
    "flask_login.login_required",
    "flask_login.fresh_login_required",
    "flask_security.login_required",
    "flask_security.auth_required()",
    "flask_security.roles_required()",
    "flask_security.roles_accepted()",
    "flask_security.permissions_required()",
    "flask_jwt_extended.jwt_required()",
    "flask_jwt_extended.jwt_required",
    "flask_jwt_extended.fresh_jwt_required",
    "flask_httpauth.HTTPBasicAuth().login_required",
    "flask_httpauth.HTTPTokenAuth().login_required",
    "flask_httpauth.MultiAuth().login_required",
    "flask_httpauth.HTTPBasicAuth().login_required()",
    "flask_httpauth.HTTPTokenAuth().login_required()",
    "flask_praetorian.auth_required",
    "flask_praetorian.roles_required()",
    "flask_principal.Permission().require()",
)
_OTHERS: Final = (
    "flask_limiter.Limiter().limit()",
    "flask_limiter.Limiter().exempt",
    "flask_limiter.Limiter().shared_limit()",
    "flask_caching.Cache().cached()",
    "flask_cors.cross_origin()",
    "flask_talisman.Talisman()()",
)


@on_call(*_LOGINS)
def guarded(call: Call) -> Value | None:
    """``login_required(view)``: the view, behind a login."""
    value = call.arg(0)
    if value is None or not _is_view(value):
        return None
    return value.but(derived=("guarded", value, call.path.removesuffix("()").rpartition(".")[2]))


@on_call(*_OTHERS)
def wrapped(call: Call) -> Value | None:
    """``limiter.limit("5 per minute")(view)``: the view."""
    value = call.arg(0)
    return value if value is not None and _is_view(value) else None


def _is_view(value: Value) -> bool:
    is_class = value.derived is not None and value.derived[0] == "as_view"
    return is_class or any(isinstance(ref, (Function, Bound, Partial, Class)) for ref in value.refs)
