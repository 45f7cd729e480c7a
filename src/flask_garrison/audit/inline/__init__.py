"""Comments in the source that set findings aside.

``# garrison: ignore[rule.id, other.rule] reason until=2027-01-31`` stands on any line of the statement that a finding
is in; in templates, ``{# garrison: ignore[rule.id] reason #}`` stands on the same line or the one before. Other tools'
``# nosec`` and ``# noqa: S602`` count for rules of code. Nothing is hidden in silence: the report lists each finding
that a comment sets aside, with the comment's words.
"""
