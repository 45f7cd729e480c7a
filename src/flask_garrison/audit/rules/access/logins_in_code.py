"""Logins at which passwords can be guessed without limit, as the code shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence
from ...code.views import View, Views, shown
from ...code.views import happenings as happened
from ...code.views.guards import counts
from ...code.views.reporting import match_of, named
from ...code.views.vocabulary import LOGIN, LOGIN_NAME, NO_LOGIN
from ...rule import Match, checks
from .limits_on_login import UNLIMITED


@checks(UNLIMITED, reads="views")
def unlimited_in_code(views: Views) -> Iterator[Match]:
    """Find views that verify a password and count nothing."""
    if views.is_guarded:
        return
    limited = [view for view in views.all if view.is_limited]
    for view in filter(is_login, views.all):
        if view.is_limited or counts(view.happenings) or any(hook.limits for hook in view.hooks):
            continue
        verified = next(one for one in view.happenings if one.kind == happened.VERIFIED)
        summary = f"{view.name} verifies a password, and no limit of attempts counts there"
        if limited:
            summary += f", as one does at {named(limited)}"
        yield match_of(
            view,
            f"no limit counts at {shown(view)}",
            summary,
            happening=verified,
            confidence=Confidence.HIGH if view.has(happened.SIGNED_IN) else None,
        )


def is_login(view: View) -> bool:
    """Return whether a view verifies a password to sign somebody in."""
    if not view.has(happened.VERIFIED) or view.guards or view.methods == {"GET"}:
        return False
    says_so = LOGIN_NAME.search(view.name) is not None or LOGIN.search(view.route) is not None
    if NO_LOGIN.search(f"{view.name} {view.route}") and not LOGIN_NAME.search(view.name):
        return False
    return says_so or view.has(happened.SIGNED_IN)
