"""The forms of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.check.forms import forms_of, login_forms

LOGIN = b"""
<form action="/search"><input name="q"></form>
<form action="/in?next=%2F" method=post>
  <input type="hidden" name="csrf_token" value="a&amp;b">
  <input type="EMAIL" name="mail" value="">
  <input name="pw" type="password">
  <input type="checkbox" name="remember" value="1"> <button name="go">Log in</button>
  <input type="submit" name="send" value="Log in">
</form>
"""


def test_a_login_form_with_its_fields() -> None:
    ((form, name, password),) = login_forms(LOGIN)
    assert (form.action, form.method, name, password) == ("/in?next=%2F", "POST", "mail", "pw")
    assert form.values() == {"csrf_token": "a&b", "mail": "", "pw": ""}


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<form method=post><input name=q></form>",
        b"<form><input name=n><input type=password name=p></form>",
        b"<form method=post><input type=password name=p></form>",
        b"<form method=post><input name=n><input type=password name=p><input type=password name=again></form>",
        b"<input name=n><input type=password name=p>",
        b"<form method=post><input name=n><input type=password></form>",
    ],
)
def test_other_forms_are_none(page: bytes) -> None:
    assert list(login_forms(page)) == []


@given(st.binary(max_size=400))
def test_no_page_is_too_odd(page: bytes) -> None:
    forms_of(b"<form>" + page)
