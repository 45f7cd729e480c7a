"""Decodes source as Python does: by its byte order mark or the encoding that it names (PEP 263), else as UTF-8."""

from __future__ import annotations

import io
import tokenize


def as_utf8(data: bytes) -> bytes:
    r"""Return source in UTF-8 without a byte order mark, its lines ended by ``\n`` alone.

    Raises:
        SyntaxError: for an encoding that does not exist.
        UnicodeDecodeError: where it is not in the encoding that it names.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").encode()
