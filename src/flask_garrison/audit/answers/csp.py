"""What the Content-Security-Policies of an answer let pass, taken together (CSP Level 3).

Each header, each part between commas and each ``<meta>`` is a policy of its own, and a browser lets pass only what all
of them do. A weakness of an answer is therefore something that *every* one of its policies allows; one more policy can
never add one.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable

from ...guard.csp.directives import NONE, Directives, effective, parse
from ...guard.html import Tokenizer
from ...target.answers import Answer

ENFORCED = "Content-Security-Policy"
REPORT_ONLY = "Content-Security-Policy-Report-Only"

Allows = Callable[[Directives], bool]
"""Whether one policy lets something pass."""

_CODE = re.compile(r"'(?:nonce-|sha(?:256|384|512)-).+'\Z", re.IGNORECASE)
_ANY_HOST = re.compile(r"(?:(?:https?|wss?):)?(?://)?(?:\*(?:\.[a-z]{2,3})?(?::\*|:\d+)?/?)?\Z", re.IGNORECASE)
_NOT_IN_META = ("frame-ancestors", "report-uri", "sandbox")

# Anybody can put a file there, by publishing a package or a repository.
_OPEN_HOSTS = """
cdn.jsdelivr.net unpkg.com cdnjs.cloudflare.com esm.sh esm.run cdn.skypack.dev raw.githubusercontent.com
raw.githack.com rawcdn.githack.com *.github.io *.githubusercontent.com *.cloudfront.net *.amazonaws.com
s3.amazonaws.com storage.googleapis.com *.herokuapp.com *.netlify.app *.vercel.app *.pages.dev *.workers.dev
*.web.app *.firebaseapp.com
"""
OPEN_HOSTS = frozenset(_OPEN_HOSTS.split())


def policies_of(answer: Answer, header: str = ENFORCED) -> tuple[Directives, ...]:
    """Return the policies that an answer sends in one header, and in its ``<meta>`` tags where they are enforced."""
    texts = [part for value in answer.headers.getlist(header) for part in value.split(",")]
    sent = [directives for directives in map(parse, texts) if directives]
    if header == ENFORCED and answer.is_page:
        sent += _in_page(answer.body)
    return tuple(sent)


@functools.lru_cache(maxsize=256)
def _in_page(body: bytes) -> tuple[Directives, ...]:
    if b"http-equiv" not in body.lower():
        return ()
    found = []
    for tag in Tokenizer().feed(body):
        attributes = {} if tag.closing or tag.name != "meta" else tag.attributes
        if attributes.get("http-equiv", b"").strip().lower() == ENFORCED.lower().encode():
            directives = parse(html.unescape(attributes.get("content", b"").decode("utf-8", "replace")))
            found.append({name: sources for name, sources in directives.items() if name not in _NOT_IN_META})
    return tuple(directives for directives in found if directives)


def all_allow(policies: tuple[Directives, ...], allows: Allows) -> bool:
    """Return whether every policy lets it pass: so does an answer without any."""
    return all(allows(directives) for directives in policies)


def _scripts(directives: Directives, name: str) -> tuple[str, ...] | None:
    """Return the sources of scripts in lower case, but for nonces and hashes; ``None`` where nothing limits them."""
    if "sandbox" in directives and "allow-scripts" not in map(str.lower, directives["sandbox"]):
        return NONE
    sources = effective(directives, name)
    return None if sources is None else tuple(one if _CODE.match(one) else one.lower() for one in sources)


def unrestricted_scripts(directives: Directives) -> bool:
    """Whether the policy says nothing on scripts."""
    return _scripts(directives, "script-src-elem") is None


def inline_scripts(directives: Directives) -> bool:
    """Whether any ``<script>`` that somebody injects runs."""
    return _inline(_scripts(directives, "script-src-elem"))


def inline_handlers(directives: Directives) -> bool:
    """Whether any ``onclick`` that somebody injects runs."""
    return _inline(_scripts(directives, "script-src-attr"))


def _inline(sources: tuple[str, ...] | None) -> bool:
    if sources is None:
        return True
    # A nonce, a hash and 'strict-dynamic' each make browsers ignore 'unsafe-inline' (CSP3, 6.7.3.2).
    return "'unsafe-inline'" in sources and "'strict-dynamic'" not in sources and not any(map(_CODE.match, sources))


def evaluation(directives: Directives) -> bool:
    """Whether ``eval`` and its kin compile text."""
    sources = _scripts(directives, "script-src")
    return sources is None or "'unsafe-eval'" in sources


def scripts_of_any_host(directives: Directives) -> bool:
    """Whether a script may come from any host at all."""
    return _named(directives, lambda source: _ANY_HOST.match(source) is not None and source != "")


def scripts_in_data_urls(directives: Directives) -> bool:
    """Whether the text of a ``data:`` address runs as a script."""
    return _named(directives, lambda source: source == "data:")


def scripts_of(host: str) -> Allows:
    """Return whether a policy lets in every script of one host."""

    def allows(directives: Directives) -> bool:
        return scripts_of_any_host(directives) or _named(directives, lambda source: host_of_source(source) == host)

    return allows


def _named(directives: Directives, wanted: Callable[[str], bool]) -> bool:
    sources = _scripts(directives, "script-src-elem")
    if sources is None:
        return True
    return "'strict-dynamic'" not in sources and any(wanted(source) for source in sources)


def host_of_source(source: str) -> str:
    """Return the host of a source that names a whole host, in lower case; empty for one with a path, or for none."""
    bare = re.sub(r"\A[a-z]+://", "", source.lower())
    host, _, path = bare.partition("/")
    return "" if path or source.startswith("'") else re.sub(r":(?:\*|\d+)\Z", "", host)


def open_hosts(policies: tuple[Directives, ...]) -> list[str]:
    """Return the hosts with anybody's files that every policy lets in, though not every host."""
    if all_allow(policies, scripts_of_any_host):
        return []
    named = {host_of_source(one) for each in policies for one in _scripts(each, "script-src-elem") or ()}
    return sorted(host for host in named & OPEN_HOSTS if all_allow(policies, scripts_of(host)))


def plugins(directives: Directives) -> bool:
    """Whether ``<object>`` and ``<embed>`` may load from any host; a sandbox loads neither."""
    sources = effective(directives, "object-src")
    return "sandbox" not in directives and (sources is None or any(map(_ANY_HOST.match, sources)))


def foreign_base(directives: Directives) -> bool:
    """Whether an injected ``<base>`` moves every relative address of the page to another host."""
    return _open(directives, "base-uri") and _scripts(directives, "script-src-elem") != NONE


def foreign_forms(directives: Directives) -> bool:
    """Whether an injected form may send what is typed to another host."""
    return _open(directives, "form-action") and "allow-forms" in directives.get("sandbox", ("allow-forms",))


def foreign_frames(directives: Directives) -> bool:
    """Whether any site may frame the page, as far as this policy goes."""
    return _open(directives, "frame-ancestors")


def _open(directives: Directives, name: str) -> bool:
    """Return whether a directive without fallback is absent or names every host."""
    sources = directives.get(name)
    return sources is None or any(map(_ANY_HOST.match, sources))


def trusts_by_nonce(policies: tuple[Directives, ...]) -> bool:
    """Return whether scripts are known by nonce, so that an injected ``<base>`` sends them to another host."""
    scripts = (_scripts(each, "script-src-elem") or () for each in policies)
    return any(one.lower().startswith("'nonce-") for sources in scripts for one in sources)
