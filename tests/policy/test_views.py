"""What a view declares reaches that view, and adds up over class, method and view."""

from __future__ import annotations

from functools import wraps
from typing import Any

import pytest
from flask.views import MethodView

from flask_garrison import PolicyError, view_policy
from flask_garrison.policy import view_policy_of


def test_a_typo_is_an_error_where_it_is_written() -> None:
    with pytest.raises(PolicyError, match="Did you mean 'form_targets'"):
        view_policy(form_target=["https://pay.example"])
    with pytest.raises(PolicyError, match="is not an exact origin"):
        view_policy(form_targets=["pay.example"])


def test_decorators_add_up_and_the_last_of_one_setting_counts() -> None:
    @view_policy(resource_policy="same-site")
    @view_policy(resource_policy="cross-origin", frame_ancestors=["'none'"])
    def view() -> str:
        return ""

    found = view_policy_of(view, "GET")
    assert (found.resource_policy, found.frame_ancestors) == ("same-site", ("'none'",))


def test_class_method_and_view_add_up_and_the_nearest_counts() -> None:
    @view_policy(frame_ancestors=["'none'"], resource_policy="same-site", opener_policy="same-origin")
    class Page(MethodView):
        @view_policy(resource_policy="cross-origin", form_targets=["https://pay.example"])
        def get(self) -> str:
            return ""

        def post(self) -> str:
            return ""

    view = view_policy(opener_policy="unsafe-none")(Page.as_view("page"))
    get, post = view_policy_of(view, "GET"), view_policy_of(view, "POST")
    assert (get.frame_ancestors, get.resource_policy, get.opener_policy) == (("'none'",), "cross-origin", "unsafe-none")
    assert (get.form_targets, post.form_targets) == (("https://pay.example",), ())
    assert (post.frame_ancestors, post.resource_policy) == (("'none'",), "same-site")


def test_a_mark_added_to_a_wrapper_does_not_reach_what_it_wraps() -> None:
    @view_policy(resource_policy="same-site")
    def inner() -> str:
        return ""

    @wraps(inner)
    def outer(*arguments: Any) -> str:
        return inner()

    view_policy(allow_insecure_csrf=True)(outer)
    assert view_policy_of(outer, "POST").resource_policy == "same-site"
    assert view_policy_of(outer, "POST").allow_insecure_csrf
    assert not view_policy_of(inner, "POST").allow_insecure_csrf
