"""Files of visitors that a browser opens as a page of the application."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from urllib.parse import urlsplit

from ....findings import Confidence, Severity
from ....guard.answer import Kind, kind_of_type
from ....target.answers import Answer
from ...answers.csp import all_allow, inline_scripts, policies_of
from ...answers.selection import contents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Content-Disposition"
_ACTIVE = (Kind.DOCUMENT, Kind.IMAGE_DOCUMENT)

ACTIVE_FILE = Rule(
    id="headers.active-file-inline",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    cwe=(79, 434),
    asvs=("V3.2.1",),
    title="Files that may contain scripts are opened as pages",
    why="An HTML, SVG or XML file that a visitor uploaded is a page of your site: its script reads what every visitor "
    "who opens it may read. The files of the static folder are yours and are not meant.",
    fix="Send it with as_attachment=True, or from another domain, or with Content-Security-Policy: sandbox.",
    before="return send_from_directory(UPLOADS, name)",
    after="return send_from_directory(UPLOADS, name, as_attachment=True)",
    guard="Its policy keeps scripts without a nonce from running in such files. save_upload() checks the type, and "
    "serves nothing itself.",
    language="python",
    lesson="headers-sniffed",
    items=(82, 97),
)


def files(observed: Observed) -> list[Answer]:
    """Return the answers that look like a file that a view read from disk, named by the address."""
    pages = _same_everywhere(observed)
    return [one for one in contents(observed) if _is_file(one) and one.headers.get("ETag") not in pages]


def _same_everywhere(observed: Observed) -> set[str | None]:
    """Return the ETags of files that go by several names, as the page of a single-page app does."""
    names: dict[str | None, set[str]] = {}
    for answer in contents(observed):
        names.setdefault(answer.headers.get("ETag"), set()).add(urlsplit(answer.url).path.rpartition("/")[2])
    return {etag for etag, found in names.items() if etag is not None and len(found) > 1}


def _is_file(answer: Answer) -> bool:
    if answer.status != 200 or answer.case in ("static", "stand-in") or (answer.endpoint or "").endswith("static"):
        return False
    named = "filename" in answer.headers.get(_HEADER, "")
    # send_file adds both; a page that a view made has neither, and a cached one has no Last-Modified.
    from_disk = "ETag" in answer.headers and "Last-Modified" in answer.headers
    return "<" in (answer.route or "") and (named or (from_disk and _is_named_by_address(answer)))


def _is_named_by_address(answer: Answer) -> bool:
    """Return whether the address ends in the name of such a file; every address of a single-page app gives its page."""
    return mimetypes.guess_type(urlsplit(answer.url).path)[0] == answer.content_type


@checks(ACTIVE_FILE, reads="answers", needs=some(files))
def active_files(observed: Observed) -> Iterator[Match]:
    """Find files of types whose scripts run, sent inline and without a policy that stops them."""
    answers = files(observed)
    found = [answer for answer in answers if _runs(answer)]
    if found:
        words, noun = "A type whose scripts run, opened inline,", "files that the address names"
        yield problem(ACTIVE_FILE, observed.inspected, words, found, answers, noun, header="Content-Type")


def _runs(answer: Answer) -> bool:
    disposition = answer.headers.get(_HEADER, "").strip().lower()
    kind = kind_of_type(answer.headers.get("Content-Type", ""))
    return (
        kind in _ACTIVE and not disposition.startswith("attachment") and all_allow(policies_of(answer), inline_scripts)
    )
