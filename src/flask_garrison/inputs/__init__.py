"""What an application declares about its inputs, and what it makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .field_types import SafeFilename, SafeHtml, SafeUrl
    from .filenames import safe_filename
    from .html import clean_html
    from .redirects import safe_redirect
    from .uploads import StoredUpload, save_upload, send_upload
    from .urls import safe_url

__all__ = [
    "SafeFilename",
    "SafeHtml",
    "SafeUrl",
    "StoredUpload",
    "clean_html",
    "safe_filename",
    "safe_redirect",
    "safe_url",
    "save_upload",
    "send_upload",
]
_AT_FIRST_USE = {
    "SafeFilename": "field_types",
    "SafeHtml": "field_types",
    "SafeUrl": "field_types",
    "StoredUpload": "uploads",
    "clean_html": "html",
    "safe_filename": "filenames",
    "safe_redirect": "redirects",
    "safe_url": "urls",
    "save_upload": "uploads",
    "send_upload": "uploads",
}


def __getattr__(name: str) -> object:
    """Load a name at its first use; see decision 7."""
    if name not in _AT_FIRST_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"{__name__}.{_AT_FIRST_USE[name]}"), name)
    globals()[name] = found
    return found
