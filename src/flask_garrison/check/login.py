"""Logs a user in: by the steps of ``[login]``, or by the login form that some page has. It says so when it fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from ..target.answers import Answer
from ..target.users import LoginStep
from .forms import Form, forms_of, login_forms
from .planned import HeaderList, Planned, navigation, submission
from .sender import Sender, Sent, Visitor

_LOGIN = re.compile(r"log-?_?in|sign-?_?in|auth|session", re.I)
_REGISTER = re.compile(r"sign-?_?up|regist|join|reset|forgot|recover", re.I)
_FORM_TYPE = "application/x-www-form-urlencoded"


class LoginError(Exception):
    """The login did not work; the words say why, and hold no password."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a login fills in."""

    name: str
    password: str = field(repr=False)


def find_page(answers: Iterable[Answer]) -> str | None:
    """Return the address of the page that most likely is the login page, or ``None``.

    Args:
        answers: What strangers were answered.
    """
    listed = list(answers)
    wanted = {urljoin(one.url, one.headers.get("Location", "")).partition("?")[0] for one in listed}
    pages = [
        one.url for one in listed if one.is_page and one.case == "view" and any(True for _ in login_forms(one.body))
    ]
    return min(pages, key=lambda url: _unlikely(url, wanted), default=None)


def _unlikely(url: str, redirected_to: set[str]) -> tuple[bool, bool, bool, int]:
    path = urlsplit(url).path
    return (
        bool(_REGISTER.search(path)),
        url.partition("?")[0] not in redirected_to,
        not _LOGIN.search(path),
        len(path),
    )


class Login:
    """Logs users in to one application.

    Args:
        steps: Of ``[login]``; empty where ``page`` holds a form.
        page: Address of the page with the login form, or ``None`` where none was found.
        denied: Answers to strangers that a user should get differently: 401, 403, redirects.
    """

    def __init__(self, sender: Sender, origin: str, steps: Sequence[LoginStep], page: str | None) -> None:
        self._sender = sender
        self._origin = origin
        self._steps = steps
        self._page = page

    def log_in(self, visitor: Visitor, account: Account, denied: Sequence[Answer]) -> None:
        """Log one user in.

        Args:
            denied: Answers by which strangers were turned away; a user is asked again for some of them.

        Raises:
            LoginError: where it did not work.
        """
        before = visitor.cookies()
        last = self._by_steps(visitor, account) if self._steps else self._by_form(visitor, account)
        if visitor.cookies() == before:
            raise LoginError(f"{_shown(last)} and set no cookie; a login without one is not known in this version")
        if _shows_login(last) or self._is_still_denied(visitor, denied):
            raise LoginError(f"{_shown(last)}, and the user is treated as a stranger still")

    def _by_form(self, visitor: Visitor, account: Account) -> Answer:
        if self._page is None:
            raise LoginError("no page with a login form was found")
        page = self._get(visitor, self._page)
        found = next(login_forms(page.body), None)
        if found is None:
            raise LoginError(f"{_shown(page)} has no login form any more")
        form, name, password = found
        values = {**form.values(), name: account.name, password: account.password}
        return self._submit(visitor, form, page.url, values)

    def _by_steps(self, visitor: Visitor, account: Account) -> Answer:
        for step in self._steps:
            last = self._step(visitor, account, step)
        return last

    def _step(self, visitor: Visitor, account: Account, step: LoginStep) -> Answer:
        url = self._origin + step.url
        if step.method == "GET":
            return self._get(visitor, url)
        if step.json:
            body = json.dumps(_filled(step.json, account)).encode()
            return self._send(visitor, step.method, url, body, "application/json")
        page = self._get(visitor, url)
        form = next((one for one in forms_of(page.body) if set(step.fields) <= set(one.values())), None)
        values = {**(form.values() if form else {}), **_filled(step.fields, account)}
        return self._submit(visitor, form or Form("", step.method), url, values)

    def _submit(self, visitor: Visitor, form: Form, page: str, values: Mapping[str, str]) -> Answer:
        target = urljoin(page, form.action)
        if urlsplit(target).netloc != urlsplit(page).netloc:
            raise LoginError("its login form is sent to another site")
        return self._send(visitor, form.method, target, urlencode(values).encode(), _FORM_TYPE, page)

    def _send(self, visitor: Visitor, method: str, url: str, body: bytes, kind: str, page: str = "") -> Answer:
        accept = "application/json" if kind == "application/json" else "text/html,*/*;q=0.8"
        origin = "://".join(urlsplit(url)[:2])
        headers: HeaderList = (*submission(origin, accept=accept), ("Content-Type", kind), ("Referer", page or url))
        planned = Planned(case="login", method=method, url=url, headers=headers, body=body)
        return _answered(self._sender.send(planned, visitor), url)

    def _get(self, visitor: Visitor, url: str) -> Answer:
        planned = Planned(case="login", method="GET", url=url, headers=navigation())
        return _answered(self._sender.send(planned, visitor), url)

    def _is_still_denied(self, visitor: Visitor, denied: Sequence[Answer]) -> bool:
        """Return whether every page that turned strangers away turns the user away likewise."""
        again = [(one, self._get(visitor, one.url)) for one in denied]
        return bool(again) and all(
            (then.status, then.headers.get("Location")) == (now.status, now.headers.get("Location"))
            for then, now in again
        )


def _answered(sent: Sent, url: str) -> Answer:
    if sent.answer is None or sent.slow:
        raise LoginError(f"{urlsplit(url).path} {sent.slow}")
    if sent.answer.raised:
        raise LoginError(f"{_shown(sent.answer)}: it raised {sent.answer.raised.partition(':')[0]}")
    return sent.answer


def _shows_login(answer: Answer) -> bool:
    """Return whether an answer is the login form once more, an error, or leads back to where it came from."""
    location = answer.headers.get("Location")
    if location is not None:
        return urlsplit(urljoin(answer.url, location)).path == urlsplit(answer.url).path
    return answer.status >= 400 or any(True for _ in login_forms(answer.body))


def _filled(fields: Mapping[str, str], account: Account) -> dict[str, str]:
    return {
        key: value.replace("{name}", account.name).replace("{password}", account.password)
        for key, value in fields.items()
    }


def _shown(answer: Answer) -> str:
    # Without the query: a form that is sent by GET has the password there.
    return f"{answer.method} {urlsplit(answer.url).path} answered {answer.status}"
