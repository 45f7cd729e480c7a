"""The second validator forbids unknown keys wherever no model allows them, with every version of pydantic."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import pydantic_core
import pytest
from pydantic import AliasPath, BaseModel, ConfigDict, Field, Json, RootModel, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from flask_garrison.inputs.adapters.core_schema import all_names, tightened, top_names, validator_of


class Leaf(BaseModel):
    model_config = ConfigDict(frozen=True)
    x: int = 0


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


@dataclasses.dataclass
class Plain:
    leaf: Leaf


class Shape(TypedDict):
    leaf: Leaf


class Tree(BaseModel):
    model_config = ConfigDict(extra="ignore")
    leaf: Leaf | None = None
    several: set[Leaf] = set()
    either: Leaf | int = 0
    pet: Cat | Dog | None = Field(default=None, discriminator="kind")
    plain: Plain | None = None
    shape: Shape | None = None
    text: Json[Leaf] | None = None
    root: RootModel[list[Leaf]] | None = None
    default: dict[str, Any] = {"type": "typed-dict"}
    child: Tree | None = None


SMUGGLED = [
    '{"z": 1}',
    '{"leaf": {"z": 1}}',
    '{"several": [{"z": 1}]}',
    '{"either": {"z": 1}}',
    '{"pet": {"kind": "cat", "z": 1}}',
    '{"plain": {"leaf": {}, "z": 1}}',
    '{"plain": {"leaf": {"z": 1}}}',
    '{"shape": {"leaf": {}, "z": 1}}',
    '{"shape": {"leaf": {"z": 1}}}',
    '{"text": "{\\"z\\": 1}"}',
    '{"root": [{"z": 1}]}',
    '{"child": {"child": {"leaf": {"z": 1}}}}',
]


@pytest.fixture(params=["current", "older"])
def tight(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    real = pydantic_core.SchemaValidator

    def older(schema: Any, config: Any = None) -> Any:
        return real(schema, config)

    if request.param == "older":
        monkeypatch.setattr(pydantic_core, "SchemaValidator", older)
    return validator_of(tightened(TypeAdapter(Tree).core_schema, forbid=True))


@pytest.mark.parametrize("text", SMUGGLED)
def test_an_unknown_key_is_forbidden_at_every_depth(tight: Any, text: str) -> None:
    Tree.model_validate_json(text)
    with pytest.raises(ValidationError) as caught:
        tight.validate_json(text)
    assert {item["type"] for item in caught.value.errors()} & {"extra_forbidden", "unexpected_keyword_argument"}


@pytest.mark.parametrize("text", SMUGGLED)
def test_the_same_without_it_gives_the_same_model(tight: Any, text: str) -> None:
    for smuggled in (', "z": 1', ', \\"z\\": 1', '"z": 1', '\\"z\\": 1'):
        text = text.replace(smuggled, "")
    assert tight.validate_json(text) == Tree.model_validate_json(text)
    assert type(tight.validate_json(text)) is Tree


def test_the_applications_models_are_as_before(tight: Any) -> None:
    assert Tree.model_validate({"z": 1}) == Tree()
    assert all(vars(owner)["__pydantic_complete__"] is True for owner in (Tree, Leaf, Cat, Dog))
    assert Tree().default == {"type": "typed-dict"}


def test_names_and_aliases_are_known() -> None:
    class Named(BaseModel):
        first: str = Field(alias="First")
        part: str = Field(default="", validation_alias=AliasPath("parts", 0))
        leaf: Leaf | None = None

    tree = TypeAdapter(Named).core_schema
    assert top_names(tree) == {"first": False, "First": False, "part": False, "parts": True, "leaf": False}
    assert all_names(tree) == {"first", "First", "part", "parts", "leaf", "x"}
    assert top_names(TypeAdapter(list[int]).core_schema) == {}


@pytest.mark.parametrize("forbid", [True, False])
@pytest.mark.parametrize("sent", ["nan", "NaN", "inf", "-Infinity"])
def test_what_is_no_number_needs_the_models_word(sent: str, forbid: bool) -> None:
    class Price(BaseModel):
        price: float = 0.0
        any: float = Field(default=0.0, allow_inf_nan=True)

    class Physics(BaseModel):
        model_config = ConfigDict(allow_inf_nan=True)
        price: float

    strict = validator_of(tightened(TypeAdapter(Price).core_schema, forbid=forbid))
    with pytest.raises(ValidationError):
        strict.validate_python({"price": sent})
    assert strict.validate_python({"price": "1.5", "any": sent}).price == 1.5
    validator_of(tightened(TypeAdapter(Physics).core_schema, forbid=forbid)).validate_python({"price": sent})
