"""Inline event handlers: ``onclick="..."`` and its kin on tags that the author wrote."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...rule import Match, Rule, checks
from ...templates.jinja import HOLE
from ...templates.markup import Tag

# Event handler content attributes of the HTML standard (section 8.1.8.2), Pointer Events, UI Events, Touch Events, CSS
# animations and transitions, SVG, and the old ones that browsers still compile.
_EVENTS = """
abort activate afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy
beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur cancel canplay
canplaythrough change click close command contentvisibilityautostatechange contextlost contextmenu contextrestored
copy cuechange cut dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied
end ended error focus focusin focusout formdata fullscreenchange fullscreenerror gotpointercapture hashchange input
invalid keydown keypress keyup languagechange load loadeddata loadedmetadata loadstart lostpointercapture message
messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide
pagereveal pageshow pageswap paste pause play playing pointercancel pointerdown pointerenter pointerleave
pointermove pointerout pointerover pointerrawupdate pointerup popstate progress ratechange readystatechange
rejectionhandled repeat reset resize scroll scrollend scrollsnapchange scrollsnapchanging search
securitypolicyviolation seeked seeking select selectionchange selectstart show slotchange stalled storage submit
suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun
transitionstart unhandledrejection unload volumechange waiting webkitanimationend webkitanimationiteration
webkitanimationstart webkittransitionend wheel
"""
HANDLERS = frozenset(f"on{event}" for event in _EVENTS.split())

INLINE_EVENT_HANDLER = Rule(
    id="headers.inline-event-handler",
    kind="template",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=("V3.4.3",),
    title="Inline event handler",
    why="A Content-Security-Policy cannot tell a handler that the author wrote from one that an attacker "
    "injected, and no nonce can be put on an attribute. Under Garrison's policy the handler therefore "
    "does not run; a policy that lets it run also lets injected handlers run.",
    fix="Give the element an id or a class and add the listener in a <script> of the template; Garrison puts "
    "the nonce on it:\n"
    '  document.getElementById("buy").addEventListener("click", () => buy());',
    before='<button onclick="buy()">Buy</button>',
    after='<button id="buy">Buy</button>\n'
    '<script>\n  document.getElementById("buy").addEventListener("click", () => buy());\n</script>',
    guard="The policy that Garrison sends blocks inline handlers, and each one that a browser blocks arrives as"
    " an event.",
    allows="allow_insecure_inline_handlers",
    lesson="headers-csp-that-allows-everything",
)


@checks(INLINE_EVENT_HANDLER, reads="tag")
def inline_event_handlers(tag: Tag) -> Iterator[Match]:
    """Find attributes that browsers compile as a handler; an empty one does nothing and is not reported."""
    for name, values in tag.attributes.items():
        if not any(value.strip() for value in values):
            continue
        shown = f"Inline event handler {name.replace(HOLE, '{{ }}')}"
        if name in HANDLERS:
            yield Match(shown)
        elif name.startswith("on") and HOLE in name:
            yield Match(shown, confidence=Confidence.MEDIUM)
