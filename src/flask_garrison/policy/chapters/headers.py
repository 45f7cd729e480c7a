"""Settings of the chapter ``headers``: what browsers are told, cookies and CORS included."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks
from ..setting import setting, settings

DENIED_FEATURES = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "hid",
    "bluetooth",
    "midi",
    "display-capture",
)
SELF_FEATURES = ("fullscreen", "clipboard-write", "publickey-credentials-get", "publickey-credentials-create")
PERMISSIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(DENIED_FEATURES, ()),
    **dict.fromkeys(SELF_FEATURES, ("self",)),
}
IDENTITY_COOKIES = ("remember_token", "access_token_cookie", "refresh_token_cookie", "session")
NONCE_CALLS = (
    "bootstrap.load_js",
    "bootstrap.load_css",
    "moment.include_moment",
    "moment.include_jquery",
    "moment.locale",
    "moment.lang",
    "moment.flask_moment_js",
    "ckeditor.load",
    "ckeditor.config",
    "dropzone.load_js",
    "dropzone.config",
    "pagedown.include_pagedown",
    "avatars.jcrop_js",
    "share.load",
    "vite_tags",
    "vite_asset",
    "form.recaptcha",
)


@settings(frozen=True, kw_only=True)
class HeadersSettings:
    """What browsers may do with the answers."""

    csp: Mapping[str, tuple[str, ...]] = setting(
        {},
        checks.directives,
        "Directives of the Content-Security-Policy that replace or add to the preset's.",
        "A wide source list (`https:`, `data:`, `'unsafe-inline'`) makes an injected script run.",
    )
    style_nonces: bool = setting(
        False,
        checks.boolean,
        "Allow styles by nonce only; style attributes and styles made by scripts are then blocked.",
        "When off, injected styles can read parts of a page by selectors.",
    )
    default_src_none: bool = setting(
        False,
        checks.boolean,
        "Start the Content-Security-Policy from `default-src 'none'` and list each kind of source.",
        "When off, images, fonts, media, connections and frames may come from anywhere.",
    )
    form_targets: tuple[str, ...] = setting(
        (),
        checks.origins,
        "Other origins that forms may be sent to, redirects after a post included.",
        "An injected form can send what a visitor types to each of them.",
    )
    frame_ancestors: tuple[str, ...] = setting(
        ("'self'",),
        checks.sources,
        "Who may show the pages in a frame: `'self'`, `'none'`, or origins.",
        "Each origin named can lay an invisible page over its own (clickjacking).",
    )
    trusted_types: str = setting(
        "report",
        checks.one_of("off", "report", "enforce"),
        "Trusted Types for scripts: `report` only reports, `enforce` stops strings from reaching DOM sinks.",
        "When not enforced, DOM-based script injection is seen but not stopped.",
    )
    integrity_policy: str = setting(
        "off",
        checks.one_of("off", "report", "enforce"),
        "Integrity-Policy: report or refuse scripts of a page that have no `integrity` attribute.",
        "When enforced, a script without `integrity` does not run; when off, a changed script on another host does.",
    )
    nonce_calls: tuple[str, ...] = setting(
        NONCE_CALLS,
        checks.names,
        "Calls in templates whose own output may carry scripts, as written there: `bootstrap.load_js`.",
        "What such a call returns is trusted like the template's own source; it must never contain user input "
        "unescaped.",
    )
    trusted_html_folders: tuple[str, ...] = setting(
        (),
        checks.folders,
        "More folders whose HTML files were written by the developers, beside the static and package folders.",
        "A folder that users can write to lets an uploaded page run its scripts with the site's rights.",
    )
    allow_insecure_inline_handlers: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints whose pages may use inline event handlers such as `onclick`.",
        "An injected attribute runs script there.",
    )
    allow_insecure_inline_scripts: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints whose pages may run any inline script and `javascript:` URL, without nonces.",
        "An injected script runs there.",
    )
    allow_insecure_style_attributes: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints whose pages may use `style` attributes although `style_nonces` is on.",
        "An injected attribute can restyle the page there.",
    )
    allow_insecure_eval: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints whose pages may turn strings into code (`eval`, `new Function`).",
        "A string that an attacker controls can become code there.",
    )
    referrer_policy: str = setting(
        "strict-origin-when-cross-origin",
        checks.one_of(
            "strict-origin-when-cross-origin", "strict-origin", "same-origin", "origin-when-cross-origin", "origin"
        ),
        "Referrer-Policy. `no-referrer` is not offered: the site's own forms would then send `Origin: null`.",
        "A looser policy shows paths and queries to other sites.",
    )
    opener_policy: str = setting(
        "same-origin-allow-popups",
        checks.one_of("same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none"),
        "Cross-Origin-Opener-Policy.",
        "`unsafe-none` lets a page that opened this one navigate it.",
    )
    embedder_policy: str | None = setting(
        None,
        checks.one_of(None, "require-corp", "credentialless"),
        "Cross-Origin-Embedder-Policy, not sent by default.",
        "`require-corp` breaks every embedded resource that does not send CORP.",
    )
    resource_policy: str = setting(
        "same-origin",
        checks.one_of("same-origin", "same-site", "cross-origin"),
        "Cross-Origin-Resource-Policy of HTML and JSON.",
        "`cross-origin` lets any site load the answers into its own process.",
    )
    static_resource_policy: str = setting(
        "cross-origin",
        checks.one_of("same-origin", "same-site", "cross-origin"),
        "Cross-Origin-Resource-Policy of files of the app's static folders, which are public by nature.",
        "A narrower value breaks mails, feeds and partner sites that embed such a file.",
    )
    other_resource_policy: str = setting(
        "same-site",
        checks.one_of("same-origin", "same-site", "cross-origin"),
        "Cross-Origin-Resource-Policy of everything else: downloads, images made by views, text.",
        "`cross-origin` lets any site load them into its own process.",
    )
    permissions: Mapping[str, tuple[str, ...]] = setting(
        PERMISSIONS,
        checks.features,
        "Permissions-Policy: each feature with who may use it; an empty list denies it.",
        "A feature that is granted can be used by an injected script or frame.",
    )
    report_path: str = setting(
        "/_garrison/reports",
        checks.url_path,
        "Where browsers send violation reports. Answered before the app's own hooks.",
        "A path that the app uses itself would be hidden.",
    )
    report_max_bytes: int = setting(
        65_536,
        checks.integer(1_024, 1_048_576),
        "The largest report body, in bytes.",
        "A larger limit lets a client fill memory and logs.",
    )
    report_rate: int = setting(
        120,
        checks.integer(1, 100_000),
        "Reports accepted a minute by one process, and as many on Trusted Types; more are counted and answered 429.",
        "A higher rate lets a client fill the logs.",
    )
    httponly_cookies: tuple[str, ...] = setting(
        IDENTITY_COOKIES,
        checks.names,
        "Cookies that scripts must not read, beside the session's own and Flask-Login's.",
        "A cookie left out can be read by an injected script.",
    )
    httponly_always: bool = setting(
        False,
        checks.boolean,
        "Keep every cookie of the app from scripts unless `script_cookies` names it.",
        "When on, scripts that read a cookie break; when off, an injected script can read all but the named ones.",
    )
    script_cookies: tuple[str, ...] = setting(
        (),
        checks.names,
        "Cookies that scripts may read although `httponly_always` is on.",
        "An injected script can read them.",
    )
    cors_origins: tuple[str, ...] = setting(
        (),
        checks.origins,
        "Origins whose scripts may read the answers.",
        "Each one can read whatever is public here.",
    )
    cors_credentialed_origins: tuple[str, ...] = setting(
        (),
        checks.origins,
        "Origins whose scripts may read the answers, and act, with the visitor's cookies.",
        "Each one can do and read everything that a visitor can.",
    )
    cors_methods: tuple[str, ...] = setting(
        ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
        checks.methods,
        "Methods that a preflight allows.",
        "A method that is allowed can be called by every origin listed.",
    )
    cors_headers: tuple[str, ...] = setting(
        ("Content-Type", "Authorization", "X-Requested-With", "X-Garrison-CSRF"),
        checks.header_names,
        "Request headers that a preflight allows.",
        "A header that is allowed can be sent by every origin listed.",
    )
    cors_expose: tuple[str, ...] = setting(
        (),
        checks.header_names,
        "Answer headers that scripts of other origins may read.",
        "A header that is exposed can be read by every origin listed.",
    )
    cors_max_age: int = setting(
        600,
        checks.integer(0, 86_400),
        "Seconds for which a browser may remember a preflight.",
        "A long time delays the effect of a change to the lists.",
    )
