"""The types for pydantic models, and that pydantic and nh3 wait for their first use."""

from __future__ import annotations

import subprocess
import sys

import pytest
from markupsafe import Markup
from pydantic import BaseModel, ValidationError

import flask_garrison.inputs
from flask_garrison.inputs import SafeFilename, SafeHtml, SafeUrl


class Article(BaseModel):
    body: SafeHtml = ""
    source: SafeUrl | None = None
    attachment: SafeFilename | None = None


def test_html_is_cleaned_when_the_model_is_made() -> None:
    article = Article.model_validate({"body": "<b>x</b><script>hit()</script>"})
    assert article.body == "<b>x</b>"
    assert isinstance(article.body, Markup)
    assert article.model_dump_json(include={"body"}) == '{"body":"<b>x</b>"}'


def test_honest_values_pass() -> None:
    article = Article.model_validate({"source": "https://a.example/", "attachment": "a.pdf"})
    assert (article.source, article.attachment) == ("https://a.example/", "a.pdf")


@pytest.mark.parametrize(
    ("field", "value"), [("source", "javascript:hit()"), ("source", "/local"), ("attachment", "../x"), ("body", 7)]
)
def test_a_bad_value_is_an_error_of_its_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Article.model_validate({field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


def test_libraries_load_at_first_use() -> None:
    code = (
        "import sys; from flask_garrison.inputs import safe_url, safe_filename, clean_html, save_upload\n"
        "safe_url('https://a.example'); safe_filename('x')\n"
        "assert not {'pydantic', 'nh3'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_is_there_and_no_other() -> None:
    for name in flask_garrison.inputs.__all__:
        assert getattr(flask_garrison.inputs, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'SafeHtlm'"):
        _ = flask_garrison.inputs.SafeHtlm  # type: ignore[attr-defined]
