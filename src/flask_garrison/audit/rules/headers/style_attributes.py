"""``style`` attributes on tags that the author wrote."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...rule import Match, Rule, checks
from ...templates.markup import Tag

STYLE_ATTRIBUTE = Rule(
    id="headers.style-attribute",
    kind="template",
    control="headers.csp",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=("V3.4.3",),
    title="style attribute",
    why="It works under Garrison's default policy, and stops working under Policy.strict() "
    "(style_nonces=True), which allows styles by nonce only: an injected style can read parts of a page, "
    "or cover them.",
    fix="Only needed under Policy.strict(): use a class and a rule in the stylesheet.",
    before='<p style="color: red">Sold out</p>',
    after='<p class="sold-out">Sold out</p>',
    guard="The default policy allows style attributes; under Policy.strict() they are blocked, and each one "
    "that a browser blocks arrives as an event.",
    allows="allow_insecure_style_attributes",
    policy="Policy.strict",
    lesson="headers-csp-that-allows-everything",
)


@checks(STYLE_ATTRIBUTE, reads="tag")
def style_attributes(tag: Tag) -> Iterator[Match]:
    """Find style attributes; an empty one does nothing and is not reported."""
    if any(value.strip() for value in tag.attributes.get("style", ())):
        yield Match(f"style attribute on <{tag.name.partition(chr(0))[0]}>")
