"""Functions are told by where they were written, whatever decorators say of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask_garrison.audit.facts.layers import (
    DEEPEST,
    called_by,
    closure_of,
    factory_of,
    layers,
    loaded_by,
    numbers_of,
    plain,
    words_of,
    words_of_class,
    written_as,
    written_in,
)


def wrapped(view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def outer() -> Any:
        return view()

    return outer


def bare(view: Callable[..., Any]) -> Callable[..., Any]:
    def outer() -> Any:
        return view()

    return outer


def view() -> str:
    """Say nothing."""

    def inner() -> object:
        return {"Origin"} | {print}

    return str(inner)


class Callee:
    def method(self) -> None:
        self.helper()

    @staticmethod
    def helper() -> None:
        print("X-Static")

    def __call__(self) -> None:
        print("X-Called")


class Overriding(Callee):
    def __call__(self) -> None:
        return None


def test_layers_come_from_the_outside_in_with_and_without_wraps() -> None:
    found = list(layers(wrapped(bare(view))))
    assert [factory_of(layer) for layer in found] == ["wrapped", "bare", "view"]
    assert [written_as(layer) for layer in found] == ["wrapped.<locals>.outer", "bare.<locals>.outer", "view"]
    assert {written_in(layer) for layer in found} == {__name__}


def test_partials_methods_and_objects_lead_to_their_function() -> None:
    callee = Callee()
    assert plain(functools.partial(functools.partial(view))) is view
    assert plain(callee.method) is Callee.method
    assert plain(callee) is Callee.__call__
    assert list(layers(functools.partial(wrapped(view))))[-1] is view


def test_what_names_itself_ends() -> None:
    def loop() -> None: ...

    loop.__wrapped__ = loop  # type: ignore[attr-defined]
    assert list(layers(loop)) == [loop]
    deep: Any = view
    for _ in range(3 * DEEPEST):
        deep = wrapped(deep)
    assert len(list(layers(deep))) == DEEPEST


def test_words_are_names_and_texts_of_inner_functions_too() -> None:
    assert {"print", "Origin", "str"} <= words_of(view)
    assert words_of(len) == words_of("text") == frozenset()


class Store:
    session = None


def attribute() -> object:
    return Store.session


def test_a_name_is_told_from_an_attribute() -> None:
    def imports() -> object:
        from flask import session

        return lambda: session

    assert loaded_by(attribute) == {"Store"}
    assert "session" in loaded_by(imports)
    assert loaded_by(len) == frozenset()


def test_words_of_a_class_are_those_of_the_methods_that_it_has() -> None:
    assert {"helper", "X-Static", "X-Called"} <= words_of_class(Callee)
    assert "X-Called" not in words_of_class(Overriding)
    assert "X-Static" in words_of_class(Overriding)


def test_closures_are_read_by_name() -> None:
    assert closure_of(bare(view)) == {"view": view}
    assert closure_of(view) == closure_of(len) == {}


def test_an_empty_cell_is_none() -> None:
    def make() -> Callable[[], Any]:
        def use() -> Any:
            return later

        found = closure_of(use)
        later = 1
        assert found == {"later": None} and later
        return use

    assert closure_of(make()) == {"later": 1}


def helper() -> int:
    return 429


def calling() -> bool:
    return any(number == 300 for number in (helper(), len("x")))


def test_numbers_and_functions_that_are_called() -> None:
    assert 429 in numbers_of(helper) and 300 in numbers_of(calling) and 429 not in numbers_of(calling)
    assert called_by(wrapped(calling)) == [helper]
    assert numbers_of(len) == frozenset() and called_by(len) == []
