"""The words under *fix* of a finding: what to change, and the exact line that lives with it."""

from __future__ import annotations

from collections.abc import Sequence

from .rule import Rule

PLACEHOLDER = "<endpoint>"
MEANING = "<endpoint> is the name of each view that renders this template; `flask routes` lists them."


def fix_words(rule: Rule, endpoints: Sequence[str]) -> str:
    """Return the rule's fix, and below it the line for the policy, with the endpoints as far as they are known."""
    if not rule.allows:
        return rule.fix
    return f"{rule.fix}\n\n{allow_words(rule, endpoints)}"


def allow_words(rule: Rule, endpoints: Sequence[str]) -> str:
    """Return the line for the policy that allows a weakness on the pages of some endpoints alone."""
    names = ", ".join(f'"{name}"' for name in endpoints or [PLACEHOLDER])
    line = f"Or keep it, unprotected on these pages:\n  {rule.policy}({rule.allows}=[{names}])"
    return line if endpoints else f"{line}\n{MEANING}"
