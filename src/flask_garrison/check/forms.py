"""The forms of a page, as far as a login needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_NAMES = ("text", "email", "tel", "search", "")
_NOT_SENT = ("submit", "button", "reset", "image", "file", "checkbox", "radio")


@dataclass(frozen=True, slots=True)
class Field:
    """One ``input`` of a form.

    Attributes:
        kind: Its ``type`` in lower case.
    """

    name: str
    kind: str
    value: str


@dataclass(slots=True)
class Form:
    """One form.

    Attributes:
        action: As written; empty for the page itself.
        method: In upper case.
    """

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def values(self) -> dict[str, str]:
        """Return what the form sends if nobody types anything."""
        return {one.name: one.value for one in self.fields if one.name and one.kind not in _NOT_SENT}

    def login_fields(self) -> tuple[str, str] | None:
        """Return the names of the fields for the account and the password, or ``None`` where this is no login form.

        A form with two password fields sets a password.
        """
        passwords = [number for number, one in enumerate(self.fields) if one.kind == "password" and one.name]
        if len(passwords) != 1 or self.method != "POST":
            return None
        before = [one.name for one in self.fields[: passwords[0]] if one.kind in _NAMES and one.name]
        return (before[-1], self.fields[passwords[0]].name) if before else None


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attributes)}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").upper()))
            self._open = True
        elif tag == "input" and self._open:
            kind = given.get("type", "").lower()
            self.forms[-1].fields.append(Field(given.get("name", ""), kind, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def forms_of(page: bytes) -> list[Form]:
    """Return the forms of a page."""
    parser = _Parser()
    parser.feed(page.decode("utf-8", "replace"))
    parser.close()
    return parser.forms


def login_forms(page: bytes) -> Iterator[tuple[Form, str, str]]:
    """Yield the login forms of a page with the names of their fields for the account and the password."""
    for form in forms_of(page) if b"password" in page.lower() else ():
        names = form.login_fields()
        if names is not None:
            yield form, *names
