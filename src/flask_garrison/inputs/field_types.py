"""Types for pydantic models; importing this module imports pydantic."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from .filenames import safe_filename
from .html import clean_html
from .urls import safe_url

SafeHtml = Annotated[str, AfterValidator(clean_html)]
"""Rich text, cleaned when the model is made; the value is ``Markup`` and shown as it is by templates."""
SafeUrl = Annotated[str, AfterValidator(safe_url)]
"""An ``http`` or ``https`` address; see :func:`~flask_garrison.inputs.safe_url`."""
SafeFilename = Annotated[str, AfterValidator(safe_filename)]
"""The name of one file; see :func:`~flask_garrison.inputs.safe_filename`."""
