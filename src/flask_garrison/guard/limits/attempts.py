"""Which requests are attempts to log in, and what was learnt of where they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...context import Principal, SecurityContext
from ..parsing import may_have_body
from .credentials import (
    Fields,
    has_password,
    is_json_by_force,
    looks_like_login,
    parsed_fields,
    parsed_names,
    read_fields,
    with_query,
)
from .keys import account_name

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Attempt:
    """One request that may be an attempt.

    Attributes:
        before: Who sent it, as known when it came in.
        basic: It carries Basic credentials, for the account ``name``.
        link: It follows a link, whose token is what is checked.
        fields: What it carries, once known; ``None`` until then.
        reserved: Its places were taken when it came in.
        taken: The places that it holds.
    """

    __slots__ = ("_accounts", "basic", "before", "declared", "fields", "link", "name", "reserved", "taken")

    def __init__(self, before: Principal | None, *, declared: bool = False, name: str | None = None) -> None:
        self.before = before
        self.declared = declared
        self.basic = name is not None
        self.name = name or ""
        self.fields: Fields | None = None
        self.reserved = self.link = False
        self.taken: list[Any] = []
        self._accounts: list[str] | None = None

    def accounts(self, context: SecurityContext, find: Callable[[SecurityContext, Fields], list[str]]) -> list[str]:
        """Return the accounts that were tried, in one spelling each."""
        if self.basic:
            return [self.name] if self.name else []
        if self._accounts is None:
            self._accounts = find(context, self.fields or {})
        return self._accounts


class LoginPages:
    """Where attempts are made: what is declared, and what was seen. It holds no more than the app has endpoints."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._basic: set[str] = set()
        # Endpoints whose views take JSON whatever the content type says.
        self._json: set[str] = set()

    def expect(self, context: SecurityContext, *, may_read: bool) -> list[Attempt]:
        """Return the attempts that a request may be when it comes in.

        They can be two: a header with Basic credentials must not hide the guess in a form.

        Args:
            may_read: The body may be read before the view; where it may not, places are not reserved.
        """
        name = _basic_name(context) if "HTTP_AUTHORIZATION" in context.request.environ else None
        attempts = [] if name is None else [Attempt(context.principal_now(), name=name)]
        if self._may_carry_fields(context):
            attempts.append(self._expect_fields(context, may_read=may_read))
        return attempts

    def _may_carry_fields(self, context: SecurityContext) -> bool:
        """Return whether the view may find fields: one that does not look at the method finds those of a HEAD too."""
        request = context.request
        if request.method not in _SAFE_METHODS or may_have_body(request.environ):
            return True
        return self._is_known(context) and (bool(request.environ.get("QUERY_STRING")) or _is_link(context))

    def _is_known(self, context: SecurityContext) -> bool:
        return _is_declared(context) or context.endpoint in self._seen

    def _expect_fields(self, context: SecurityContext, *, may_read: bool) -> Attempt:
        known = self._is_known(context)
        # Opening a login page is no attempt, so there the fields decide.
        link = known and _is_link(context)
        declared = known and _is_declared(context) and (link or context.request.method not in _SAFE_METHODS)
        # A function of the application's own may need what its hooks load: it is not asked early on every route.
        before = context.principal_now() if known or context.policy.principal is None else None
        attempt = Attempt(before, declared=declared)
        attempt.link = link
        if may_read and known:
            self._read(context, attempt)
        return attempt

    def _read(self, context: SecurityContext, attempt: Attempt) -> None:
        force = _is_declared(context) or context.endpoint in self._json
        fields = with_query(context.request, read_fields(context.request, force=force))
        if attempt.declared or has_password(fields):
            attempt.fields = fields
            attempt.reserved = True

    def recognise(self, context: SecurityContext, attempt: Attempt) -> bool:
        """Return whether the request was an attempt, by what the view has parsed; learn the endpoint."""
        if attempt.reserved:
            return True
        if not attempt.declared and not has_password(parsed_names(context.request)):
            return False
        body = parsed_fields(context.request)
        attempt.fields = fields = with_query(context.request, body)
        if attempt.declared:
            return True
        if self._is_known(context) and has_password(fields):
            self._learn(context)
            return True
        # Each alone too: another password in the query must not make a registration of it.
        alike = looks_like_login(context, body) or (fields is not body and looks_like_login(context, fields))
        if not context.endpoint or not alike or _is_by_somebody(context, attempt):
            return False
        self._learn(context)
        return True

    def _learn(self, context: SecurityContext) -> None:
        self._seen.add(context.endpoint)
        if is_json_by_force(context.request):
            self._json.add(context.endpoint)

    def asks_for_basic(self, context: SecurityContext) -> bool:
        """Return whether Basic credentials were ever refused at this endpoint."""
        return context.endpoint in self._basic

    def remember_basic(self, context: SecurityContext) -> None:
        """Learn that Basic credentials are asked for at this endpoint."""
        self._basic.add(context.endpoint)


def _is_by_somebody(context: SecurityContext, attempt: Attempt) -> bool:
    """Return whether somebody logged in sent it: it is as likely an administrator who makes an account."""
    if context.policy.principal is None:
        return attempt.before is not None
    return context.principal_now() is not None


def _is_declared(context: SecurityContext) -> bool:
    return context.view.credential_check or context.endpoint in context.policy.login_endpoints


def _is_link(context: SecurityContext) -> bool:
    """Return whether a declared view only answers links, as those of a mail: opening one is the attempt."""
    rule = context.request.url_rule
    return _is_declared(context) and rule is not None and _SAFE_METHODS.issuperset(rule.methods or ("POST",))


def _basic_name(context: SecurityContext) -> str | None:
    """Return the account of Basic credentials, or ``None`` without such.

    Bearer tokens are no attempts: they are too long to guess, and honest clients send ones that have expired.
    """
    stated = context.request.environ.get("HTTP_AUTHORIZATION", "")
    if stated[:6].lower() != "basic ":
        return None
    credentials = context.request.authorization
    return account_name(credentials.username or "") if credentials is not None else ""
