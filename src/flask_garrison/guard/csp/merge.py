"""Two policies into one: directive by directive the stricter, so that two enforcing ones are never sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce

from .directives import FETCH_FALLBACKS, NONE, Directives, effective

_CODE = re.compile(r"'(nonce|sha256|sha384|sha512)-", re.IGNORECASE)
_NONCE_VALUE = re.compile(r"'nonce-[^']*'", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\Z", re.IGNORECASE)
_SCRIPT = ("script-src", "script-src-elem")
_WIDE = re.compile(r"(https?|wss?|data|blob|filesystem):\Z|((https?|wss?)://)?\*(:(\*|[0-9]+))?(/|\Z)", re.IGNORECASE)
_UNSAFE_INLINE = "'unsafe-inline'"
_REPORTING = ("report-uri", "report-to")
_LISTS = (*FETCH_FALLBACKS, "default-src", "base-uri", "form-action", "frame-ancestors")


def strictest(
    ours: Directives, theirs: Iterable[Directives], *, keep_nonce_of_page: bool = True
) -> tuple[Directives, list[str]]:
    """Merge the application's policies into ours.

    Args:
        ours: Garrison's directives for the answer.
        theirs: The application's own policies; a browser would apply all of them.
        keep_nonce_of_page: Whether scripts are decided by nonce here (not so for static pages, decided by hash).

    Returns:
        The merged directives, and in words each directive in which the application's value was not kept.
    """
    policies = [policy for policy in theirs if policy]
    if not policies:
        return dict(ours), []
    return _merge(ours, reduce(_both, policies), keep_nonce_of_page)


def _both(first: Directives, second: Directives) -> Directives:
    """Return one policy that allows what two of the application's allow, of which a browser would apply both."""
    return {name: _shared(name, first, second) for name in dict.fromkeys((*first, *second))}


def _shared(name: str, first: Directives, second: Directives) -> tuple[str, ...]:
    if name not in _LISTS:
        one, other = first.get(name), second.get(name)
        if one is None or other is None or name in _REPORTING:
            return one if one is not None else other or ()
        return tuple(word for word in one if word in other)
    one, other = effective(first, name), effective(second, name)
    if one is None or other is None:
        return one or other or NONE
    kept = [source for source in one if _passes(other, source)]
    kept += [source for source in other if _passes(one, source) and source not in kept]
    return tuple(kept) or NONE


def _passes(sources: tuple[str, ...], source: str) -> bool:
    """Return whether ``sources`` allow what ``source`` does; ``'unsafe-inline'`` allows what has a nonce too."""
    inline = _UNSAFE_INLINE in sources and not any(_CODE.match(one) for one in sources)
    return _source_covered(sources, source) or (inline and _CODE.match(source) is not None)


def _merge(ours: Directives, theirs: Directives, nonced: bool) -> tuple[Directives, list[str]]:
    merged: Directives = {}
    differences: list[str] = []
    for name in dict.fromkeys((*theirs, *ours)):
        chosen = _choose(name, ours, theirs, nonced)
        if chosen is None:
            continue
        merged[name] = chosen
        if name in theirs and name not in _REPORTING and not set(theirs[name]) <= set(chosen):
            differences.append(f"{name}: {_words(theirs[name])} became {_words(chosen)}")
    return merged, differences


def _words(sources: tuple[str, ...]) -> str:
    # Nonces differ on each answer; without them a difference is the same text each time and is named once.
    return _NONCE_VALUE.sub("'nonce-...'", " ".join(sources))


def _choose(name: str, ours: Directives, theirs: Directives, nonced: bool) -> tuple[str, ...] | None:
    if name in _REPORTING:
        return theirs.get(name, ours.get(name))
    if name not in _LISTS:
        # Flags such as upgrade-insecure-requests and sandbox only ever restrict.
        return theirs.get(name, ours.get(name))
    mine, their = effective(ours, name), effective(theirs, name)
    if mine is None or their is None:
        return their if mine is None else mine
    if name not in theirs and name not in _SCRIPT and _covers(mine, their):
        # Their fallback is the stricter and stands in the merged policy already.
        return None if name in FETCH_FALLBACKS and _fallback_kept(name, ours, theirs) else their
    if name in _SCRIPT:
        return _scripts(mine, their) if nonced else _scripts_of_file(mine, their)
    return _narrower(mine, their)


def _fallback_kept(name: str, ours: Directives, theirs: Directives) -> bool:
    return (
        "default-src" in theirs
        and "default-src" not in ours
        and not any(other in theirs for other in FETCH_FALLBACKS[name] if other != "default-src")
    )


def _narrower(mine: tuple[str, ...], their: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(source for source in mine if _CODE.match(source))
    if _covers(their, tuple(source for source in mine if source not in codes)):
        return mine
    if _UNSAFE_INLINE in mine or _UNSAFE_INLINE not in map(str.lower, their):
        # Either the application's is narrower, or neither is: then its author knows what the page needs.
        return their
    # Handlers and style attributes are not allowed by the way; `allow_insecure_...` is how to say it.
    kept = tuple(source for source in their if source.lower() != _UNSAFE_INLINE)
    return (*kept, *(code for code in codes if code not in kept)) or NONE


def _scripts(mine: tuple[str, ...], their: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the application's script sources, with our nonce, unless they let injected scripts run."""
    if mine == NONE or their in (NONE, ()):
        return NONE
    kept = tuple(source for source in their if source.lower() not in ("'unsafe-inline'", "'unsafe-eval'"))
    if "'unsafe-eval'" in mine:
        kept = (*kept, "'unsafe-eval'")
    if "'unsafe-inline'" in mine:
        return mine
    if any(_WIDE.match(source) for source in kept) and "'strict-dynamic'" not in kept:
        kept = (*(source for source in kept if _CODE.match(source)), "'strict-dynamic'")
    elif "'unsafe-inline'" in their and not any(_CODE.match(source) for source in kept):
        kept = (*kept, "'strict-dynamic'")
    nonces = tuple(source for source in mine if _CODE.match(source) and source not in kept)
    return (*kept, *nonces)


def _scripts_of_file(mine: tuple[str, ...], their: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the application's script sources for a file whose own scripts are known by hash and URL."""
    if mine == NONE or their in (NONE, ()):
        return NONE
    wide = tuple(source for source in their if _WIDE.match(source))
    unsafe = ("'unsafe-inline'", "'unsafe-eval'")
    kept = tuple(source for source in their if source not in wide and source.lower() not in unsafe)
    known = mine if wide else tuple(source for source in mine if _CODE.match(source))
    return tuple(dict.fromkeys((*kept, *known)))


def _covers(wide: tuple[str, ...], narrow: tuple[str, ...]) -> bool:
    """Return whether everything that ``narrow`` allows is allowed by ``wide`` too."""
    if narrow == NONE or not narrow:
        return True
    if wide == NONE:
        return False
    return all(_source_covered(wide, source) for source in narrow)


def _source_covered(wide: tuple[str, ...], source: str) -> bool:
    lowered = source.lower()
    if lowered in (one.lower() for one in wide) or lowered == "'report-sample'":
        return True
    if lowered.startswith("'") and lowered != "'self'":
        return False
    if _SCHEME.match(lowered):
        # A star covers network schemes only (CSP Level 3, section 6.7.2.8).
        return "*" in wide and lowered in ("http:", "https:", "ws:", "wss:")
    if "*" in wide:
        return True
    return "https:" in wide and (lowered.startswith("https://") or lowered == "'self'" or "://" not in lowered)
