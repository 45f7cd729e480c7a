"""Flask-CORS: answers that are shared with every site, with ``null``, or with names that a pattern lets through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.extensions import CorsOptions, cors_options
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

CREDENTIALS = Rule(
    id="headers.cors-everybody-with-credentials",
    kind="runtime",
    control="headers.cors",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(346, 942),
    asvs=("V3.4.2",),
    title="Every site may read the answers with the visitor's cookies",
    why="Flask-CORS answers an Origin that it accepts by repeating it. With all origins and credentials, a page on any "
    "site reads whatever its visitor sees here, and sends what the visitor could send.",
    fix="List the origins that need it.",
    before="CORS(app, supports_credentials=True)",
    after='CORS(app, origins=["https://app.shop.example"], supports_credentials=True)',
    guard="It takes such headers away from answers and emits an event.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
    seen_by=("headers.cors-any-origin", "headers.cors-refused"),
)

EVERYBODY = Rule(
    id="headers.cors-everybody",
    kind="runtime",
    control="headers.cors",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(942,),
    asvs=("V3.4.2",),
    title="Every site may read the answers",
    why="Browsers leave cookies out, so public data stays public data. What is protected by where a visitor sits, such "
    "as an intranet or an allowed address, is read by any page that a colleague opens.",
    fix="List the origins or the paths that need it; where all is public, ignore this finding in "
    "garrison.toml with that as the reason.",
    before="CORS(app)",
    after='CORS(app, resources={"/api/*": {"origins": ["https://app.shop.example"]}})',
    guard="It leaves an answer for everybody without credentials as the application made it.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
)

NULL = Rule(
    id="headers.cors-null",
    kind="runtime",
    control="headers.cors",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(346, 942),
    asvs=("V3.4.2",),
    title="The origin null may read the answers",
    why="Any page can have the origin null: it opens itself in a sandboxed frame. Listing it lists every site.",
    fix="Delete null from the list and serve what needs it from an address.",
    before='CORS(app, origins=["https://app.shop.example", "null"])',
    after='CORS(app, origins=["https://app.shop.example"])',
    guard="It takes null with credentials away from answers and emits an event.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
    seen_by=("headers.cors-null-origin",),
)

PATTERN = Rule(
    id="headers.cors-loose-pattern",
    kind="runtime",
    control="headers.cors",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(185, 346, 942),
    asvs=("V3.4.2",),
    title="A pattern of allowed origins lets through names of others",
    why="Flask-CORS compares a pattern with the beginning of an origin, and a dot stands for any character. Whoever "
    "registers a name that fits reads the answers.",
    fix="Write out the origins; where that is not possible, escape every dot and end the pattern with \\Z.",
    before='CORS(app, origins=r"https://.*shop.example")',
    after='CORS(app, origins=r"https://[a-z0-9-]+\\.shop\\.example\\Z")',
    guard="It takes an origin that is in no list away from answers with credentials.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
    seen_by=("headers.cors-any-origin",),
)

_SIMPLER = (
    (re.compile(r"\([^()]*\)\?"), ""),
    (re.compile(r"\(\?:|\(|\)\??|^\^|\\[Zz]$|\$$|\?(?=$)"), ""),
    (re.compile(r"s\?"), "s"),
    (re.compile(r"(?<!\\)\[[^\]]+\](?:[+*]|\{[^}]*\})?|\\[wd](?:[+*])?|\.\+\??"), "x"),
)
_ANYTHING = re.compile(r"\.\*\??")
_REST = ((re.compile(r"\\(.)"), r"\1"), (re.compile(r"\|.*|[*+]"), ""))
OTHERS = ".evil.example"


def _is_shared(inspected: Inspected) -> bool:
    return bool(cors_options(inspected))


def _match(options: CorsOptions, title: str, severity: Severity | None = None) -> Match:
    summary = f"Flask-CORS for {options.where}: {title}"
    return Match(
        f"{title} ({options.where})", severity=severity, route=options.route, evidence=(Evidence("config", summary),)
    )


@checks(CREDENTIALS, reads="app", needs=_is_shared)
def with_credentials(inspected: Inspected) -> Iterator[Match]:
    """Find all origins together with credentials."""
    for options in cors_options(inspected):
        if options.everybody and options.credentials and not inspected.enforces("headers.cors"):
            yield _match(options, "all origins are allowed with credentials")


@checks(EVERYBODY, reads="app", needs=_is_shared)
def everybody(inspected: Inspected) -> Iterator[Match]:
    """Find all origins without credentials, once for each pattern of paths."""
    for options in cors_options(inspected):
        if options.everybody and not options.credentials:
            yield _match(options, "all origins are allowed", Severity.INFO if options.route else None)


@checks(NULL, reads="app", needs=_is_shared)
def null(inspected: Inspected) -> Iterator[Match]:
    """Find the word in the list."""
    for options in cors_options(inspected):
        listed = any(isinstance(one, str) and one.lower() == "null" for one in options.origins)
        if listed and not (options.credentials and inspected.enforces("headers.cors")):
            yield _match(options, "null is allowed", Severity.HIGH if options.credentials else None)


@checks(PATTERN, reads="app", needs=_is_shared)
def loose_patterns(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Ask each pattern about an origin that it is meant for, then about others that look like it."""
    for options in cors_options(inspected):
        for origin in options.origins:
            pattern = getattr(origin, "pattern", None)
            if not isinstance(pattern, str) or options.everybody or inspected.enforces("headers.cors"):
                continue
            meant = meant_by(origin)
            if meant is None:
                yield Unchecked(f"the pattern {pattern}", "no origin that it fits was found", "Write out the origins.")
                continue
            stranger = next((one for one in strangers(meant, pattern) if origin.match(one)), None)
            if stranger is not None:
                severity = Severity.HIGH if options.credentials else None
                yield _match(options, f"the pattern {pattern} lets {stranger} through", severity)


def meant_by(pattern: re.Pattern[str]) -> str | None:
    """Return an origin that a pattern fits and that its author had in mind, or ``None`` where none can be told."""
    text = pattern.pattern
    for expression, replacement in _SIMPLER:
        text = expression.sub(replacement, text)
    for anything in ("", "x"):
        origin = _ANYTHING.sub(anything, text)
        for expression, replacement in _REST:
            origin = expression.sub(replacement, origin)
        if re.match(r"https?://[^./]", origin) and pattern.match(origin):
            return origin
    return None


def strangers(meant: str, pattern: str) -> Iterator[str]:
    """Yield origins of others that look like one that is meant."""
    scheme, _, host = meant.partition("://")
    name, _, port = host.partition(":")
    yield f"{scheme}://{name}{OTHERS}" + (f":{port}" if port else "")
    yield f"{meant}{OTHERS}"
    labels = name.split(".")
    if len(labels) >= 2:
        domain = ".".join(labels[-2:])
        prefix = "https://" if scheme == "https" else "http://"
        yield f"{prefix}evil{domain}"
        # A dot that is not escaped stands for any letter, such as one that makes another name of it.
        if re.search(rf"{re.escape(labels[-2])}\.{re.escape(labels[-1])}", pattern):
            yield f"{prefix}" + ".".join(labels[:-1]) + f"x{labels[-1]}.example"
            yield f"{prefix}{'.'.join([*labels[:-2], ''])}{labels[-2]}x{labels[-1]}"
