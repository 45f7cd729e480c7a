"""Settings of the chapter ``inputs``: what may come in, in what size and from where."""

from __future__ import annotations

from .. import checks
from ..setting import setting, settings

MEBIBYTE = 1_048_576


@settings(frozen=True, kw_only=True)
class InputsSettings:
    """What a request may bring."""

    trusted_origins: tuple[str, ...] = setting(
        (),
        checks.origins,
        "Other origins whose pages may send state-changing requests and open WebSockets.",
        "Each one can act with the cookies of every visitor that it also sees.",
    )
    csrf_token_always: bool = setting(
        False,
        checks.boolean,
        "Require a token where a request states no origin and carries HTTP credentials, or reaches a login endpoint.",
        "When off, a browser older than 2020 with Basic or client-certificate login can be made to act across sites.",
    )
    allow_insecure_csrf: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints that accept state-changing requests from any site, such as a webhook with a signature of its own.",
        "Any page on the web can make a visitor's browser call them.",
    )
    max_body_bytes: int = setting(
        16 * MEBIBYTE,
        checks.integer(1, 1 << 40),
        "The largest body of a multipart form or a raw file, in bytes, where the application states no "
        "`MAX_CONTENT_LENGTH`.",
        "A larger limit lets a client fill memory and disk.",
    )
    max_form_bytes: int = setting(
        MEBIBYTE,
        checks.integer(1, 1 << 40),
        "The largest body of a form without files, in bytes, where the application states no `MAX_CONTENT_LENGTH`.",
        "A larger limit lets a client fill memory.",
    )
    max_json_bytes: int = setting(
        MEBIBYTE,
        checks.integer(1, 1 << 40),
        "The largest JSON body, in bytes, where the application states no `MAX_CONTENT_LENGTH`.",
        "A larger limit lets a client fill memory and time.",
    )
    max_fields: int = setting(
        1_000,
        checks.integer(1, 1_000_000),
        "The most parameters of a query, and fields of a form or parts of a multipart body (there `MAX_FORM_PARTS` "
        "counts where the application changes it).",
        "A larger limit lets a client fill time.",
    )
    max_name_length: int = setting(
        256,
        checks.integer(1, 65_536),
        "The longest name of a parameter, field, file or JSON key, in characters.",
        "Long names fill logs and indexes.",
    )
    max_json_depth: int = setting(
        64,
        checks.integer(1, 500),
        "How deep arrays and objects of a JSON body may be nested.",
        "Deeply nested bodies exhaust the stack of code that walks them.",
    )
    duplicate_json_keys: str = setting(
        "refuse",
        checks.one_of("refuse", "allow"),
        "A JSON object that names a key twice (RFC 8259, section 4).",
        "Two programs that read different ones of the two values can be played against each other.",
    )
    duplicate_parameters: str = setting(
        "allow",
        checks.one_of("refuse", "allow"),
        "A query parameter or form field that is sent twice. What `@validated` declares decides for itself.",
        "`refuse` breaks check boxes and multiple choices; `allow` lets a second value hide from the first's check.",
    )
    strict_query: bool = setting(
        False,
        checks.boolean,
        "Refuse unknown query parameters of `@validated` views instead of dropping them.",
        "When on, links with tracking parameters are refused.",
    )
