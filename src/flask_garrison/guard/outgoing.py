"""The headers of an answer on its way out, where every guard adds some.

Werkzeug looks for line breaks in each header that is added or copied, at more cost than the guards have in all. What
a guard adds was looked at once, when its text was made (:func:`checked`); what stands there was when it got there.
"""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import Headers

Pairs = list[tuple[str, str]]


class OutgoingHeaders(Headers):
    """Headers that can be copied and added to without another look at each.

    ``_list`` is what Werkzeug keeps headers in, and what its own subclasses use.
    """

    @classmethod
    def of(cls, headers: Headers) -> Headers:
        """Return a copy; headers of a class of the application's own copy themselves."""
        if type(headers) not in (Headers, cls):
            return headers.copy()
        taken = cls()
        taken._list.extend(headers)
        return taken

    def add_checked(self, pairs: Pairs) -> None:
        """Add what :func:`checked` returned."""
        self._list.extend(pairs)


def checked(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return the pairs as a list.

    Raises:
        ValueError: for a line break in a value.
    """
    return list(Headers(pairs))


def add(headers: Headers, pairs: Pairs) -> None:
    """Add checked headers to those of an answer, of whichever class they are."""
    if isinstance(headers, OutgoingHeaders):
        headers.add_checked(pairs)
    else:
        headers.extend(pairs)


def names_of(headers: Headers) -> frozenset[str]:
    """Return the names of the headers, in lower case."""
    return frozenset([name.lower() for name, _ in headers])
