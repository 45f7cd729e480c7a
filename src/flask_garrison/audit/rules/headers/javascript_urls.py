"""``javascript:`` URLs in attributes that browsers navigate to or load."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...rule import Match, Rule, checks
from ...templates.jinja import HOLE
from ...templates.markup import Tag

URL_ATTRIBUTES = ("action", "data", "formaction", "href", "src", "xlink:href")

# The URL standard drops leading controls and spaces, and tabs and line breaks anywhere.
_DROPPED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]+")

JAVASCRIPT_URL = Rule(
    id="headers.javascript-url",
    kind="template",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(79, 693),
    asvs=("V1.2.2", "V3.4.3"),
    title="javascript: URL",
    why="The browser runs the text of the address as script in the page. No nonce can be put on it, so under "
    "Garrison's policy it does not run, and a policy that lets it run lets every injected script run. "
    "With an expression inside (severity medium), what a user typed can become script: Jinja escapes for "
    "HTML, and the browser undoes that before it compiles the address.",
    fix="Use a button, or a link to a real page, and add the listener in a <script> of the template; Garrison"
    " puts the nonce on it:\n"
    '  document.getElementById("print").addEventListener("click", () => print());',
    before='<a href="javascript:print()">Print</a>',
    after='<button type="button" id="print">Print</button>\n'
    '<script>\n  document.getElementById("print").addEventListener("click", () => print());\n</script>',
    guard="The policy that Garrison sends blocks them, and each one that a browser blocks arrives as an event.",
    allows="allow_insecure_inline_scripts",
    lesson="headers-csp-that-allows-everything",
)


@checks(JAVASCRIPT_URL, reads="tag")
def javascript_urls(tag: Tag) -> Iterator[Match]:
    """Find them as browsers do: whatever the case, with character references, and with white space in the scheme."""
    for name in URL_ATTRIBUTES:
        scripts = [value for value in tag.attributes.get(name, ()) if _is_script(value)]
        if any(HOLE in value for value in scripts):
            title = f"javascript: URL with an expression in {name}"
            yield Match(title, severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)
        elif scripts:
            yield Match(f"javascript: URL in {name}")


def _is_script(value: str) -> bool:
    # An expression at the start is not dropped: it may be anything, and is not this rule's subject.
    if value.startswith(HOLE):
        return False
    return _DROPPED.sub("", html.unescape(value)).lower().startswith("javascript:")
