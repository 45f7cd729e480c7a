"""What a policy asks for: which of the author's elements are sealed, in which templates."""

from __future__ import annotations

from typing import NamedTuple

from ..._version import __version__
from ...policy import Policy
from ..answer import SCRIPT_TYPES
from ..html import Tag

_WRAPPERS = (".j2", ".jinja", ".jinja2", ".tpl")
_HTML = ("html", "htm", "xhtml")
_SCRIPT_TYPES = frozenset(name.encode() for name in (*SCRIPT_TYPES, "module", "importmap", "speculationrules"))
_PRELOADS = frozenset((b"preload", b"modulepreload"))
_MARKED = frozenset(("nonce", "data-garrison"))
_UNSENT_METHODS = (b"get", b"dialog")


class Plan(NamedTuple):
    """What is sealed.

    Attributes:
        scripts: Scripts, and links that load them ahead.
        styles: Style elements and links too.
        forms: Forms that post.
        calls: Dotted names of template calls whose whole output counts as the author's.
    """

    scripts: bool
    styles: bool
    forms: bool
    calls: frozenset[str]

    @classmethod
    def of(cls, policy: Policy) -> Plan:
        """Return the plan of a policy."""
        csp = policy.mode_of("headers.csp") != "off"
        return cls(
            scripts=csp,
            styles=csp and policy.style_nonces,
            forms=policy.mode_of("inputs.csrf") != "off",
            calls=frozenset(policy.nonce_calls) if csp else frozenset(),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.scripts or self.forms)

    @property
    def salt(self) -> str:
        """Text that differs for every version and plan whose compiled templates differ."""
        calls = ",".join(sorted(self.calls))
        return f"garrison {__version__} {self.scripts:d}{self.styles:d}{self.forms:d} {calls}"

    def wants(self, tag: Tag) -> bool:
        """Return whether this start tag is of a kind that is sealed; what has a nonce already is not."""
        decide = _KINDS.get(tag.name)
        if decide is None or tag.closing:
            return False
        attributes = tag.attributes
        return _MARKED.isdisjoint(attributes) and decide(self, attributes)


def is_html(template: str | None) -> bool:
    """Return whether a template of this name is HTML: by its ending, or for want of one."""
    if template is None:
        return True
    name = template.rpartition("/")[2].lower()
    for wrapper in _WRAPPERS:
        name = name.removesuffix(wrapper)
    ending = name.rpartition(".")[2] if "." in name else ""
    return not ending or ending in _HTML


def is_script_type(attributes: dict[str, bytes]) -> bool:
    """Return whether a script of these attributes is run, not a block of data."""
    given = attributes.get("type", b"").strip().lower()
    return not given or given.partition(b";")[0].rstrip() in _SCRIPT_TYPES


def _script(plan: Plan, attributes: dict[str, bytes]) -> bool:
    return plan.scripts and is_script_type(attributes)


def _style(plan: Plan, attributes: dict[str, bytes]) -> bool:
    return plan.styles


def _link(plan: Plan, attributes: dict[str, bytes]) -> bool:
    relations = attributes.get("rel", b"").lower().split()
    return (plan.scripts and not _PRELOADS.isdisjoint(relations)) or (plan.styles and b"stylesheet" in relations)


def _form(plan: Plan, attributes: dict[str, bytes]) -> bool:
    return plan.forms and attributes.get("method", b"get").strip().lower() not in _UNSENT_METHODS


_KINDS = {"script": _script, "style": _style, "link": _link, "form": _form}
