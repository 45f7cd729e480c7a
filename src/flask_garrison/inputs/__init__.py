"""What an application declares about its inputs, and what it makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import at_first_use

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
__getattr__ = at_first_use(
    __name__,
    {
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
    },
)
