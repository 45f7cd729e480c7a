"""Redirects that carry the page that they were to keep from the visitor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import is_redirect, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

LONGEST = 1024
"""Bytes of a body beyond which it is more than a link for browsers that do not follow."""
_CONTENT = re.compile(rb"<(?:form|table|input|nav|main|article|script)[\s>]|\A\s*[{\[]", re.IGNORECASE)

REDIRECT_BODY = Rule(
    id="headers.redirect-with-content",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(200, 698),
    asvs=("V8.3.1",),
    title="A redirect carries a whole page or data",
    why="A browser follows and shows nothing, so nobody notices; whoever reads the answer itself has the content. It "
    "happens where the status is set and the view goes on, as in an authorization check without return.",
    fix="Return redirect(...) at once.",
    before='response = make_response(render_template("admin.html"))\nresponse.status_code = 302\n'
    'response.headers["Location"] = "/login"',
    after='return redirect(url_for("login"))',
    guard="Nothing: a view decides what it returns.",
    language="python",
    items=(83,),
)


def redirects(observed: Observed) -> list[Answer]:
    """Return the answers that send the browser elsewhere."""
    return observed.where(is_redirect)


@checks(REDIRECT_BODY, reads="answers", needs=some(redirects))
def with_content(observed: Observed) -> Iterator[Match]:
    """Find redirects with a body that is long, or that has forms, tables or data in it."""
    answers = redirects(observed)
    found = [answer for answer in answers if _has_content(answer)]
    if found:
        yield problem(REDIRECT_BODY, observed.inspected, "Content in the body", found, answers, "redirects")


def _has_content(answer: Answer) -> bool:
    # The usual body repeats the address twice, escaped, which may make it long.
    repeated = 6 * len(answer.headers["Location"])
    return max(answer.size, len(answer.body)) > LONGEST + repeated or _CONTENT.search(answer.body) is not None
