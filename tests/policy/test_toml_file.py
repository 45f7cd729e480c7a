"""``Policy.from_toml``: only ``[policy]`` is read, and what nobody reads is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison import Policy, PolicyError
from flask_garrison.errors import TargetError
from flask_garrison.target.project import read_project


def write(folder: Path, text: str) -> Path:
    file = folder / "garrison.toml"
    file.write_text(text)
    return file


def test_settings_and_preset(tmp_path: Path) -> None:
    text = '[policy]\npreset = "strict"\nhosts = ["shop.example"]\nmodes = { "inputs.csrf" = "observe" }\n[other]\n'
    expected = Policy.strict(hosts=("shop.example",), modes={"inputs.csrf": "observe"})
    assert Policy.from_toml(write(tmp_path, text)) == expected
    assert Policy.from_toml(str(tmp_path / "garrison.toml")) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[policy]\ntrusted_origin = ["https://a.example"]\n', "Did you mean 'trusted_origins'"),
        ('[policy]\npreset = "strickt"\n', "Did you mean 'strict'"),
        ('[policy]\ntrusted_origins = ["nonsense"]\n', "trusted_origins"),
        ("[[policy]]\n", "one table"),
    ],
)
def test_what_is_wrong_is_an_error_for_the_policy_and_for_the_project(tmp_path: Path, text: str, words: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(PolicyError, match=words):
        Policy.from_toml(file)
    with pytest.raises(TargetError, match=words):
        read_project(file)


@pytest.mark.parametrize(("text", "words"), [("policy = ", "TOML"), ("[polcy]\n", "Did you mean 'polcy'")])
def test_a_file_without_the_table_is_an_error(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        Policy.from_toml(write(tmp_path, text))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        Policy.from_toml(tmp_path / "none.toml")


def test_the_project_accepts_the_table(tmp_path: Path) -> None:
    assert read_project(write(tmp_path, '[policy]\nmode = "observe"\n')).ignores == ()
