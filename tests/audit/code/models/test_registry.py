"""The paths that models and rules know things by."""

from __future__ import annotations

import pytest

from flask_garrison.audit.code.models.registry import all_models

MODELS = all_models()


@pytest.mark.parametrize("path", sorted(MODELS.aliases))
def test_an_alias_leads_to_a_path_that_is_its_own(path: str) -> None:
    there = MODELS.canonical(path)
    assert MODELS.canonical(there) == there


def test_a_path_that_grows_without_end_loses_its_beginning() -> None:
    path = "a"
    for _ in range(200):
        path = MODELS.canonical(f"{path}.b")
    assert len(path) <= 160
    assert path.endswith(".b")


def test_methods_of_something_unknown_have_models_and_those_of_a_known_library_do_not() -> None:
    assert MODELS.for_call("?.append", "append") is not None
    assert MODELS.for_call("somewhere.made().append", "append") is MODELS.for_call("?.append", "append")
    assert MODELS.for_call("subprocess.append", "append") is None
