"""The verdicts on OWASP ASVS as people read them."""

from __future__ import annotations

from flask_garrison.findings import Report, Target
from flask_garrison.findings.asvs import Asvs, Requirement, Verdict
from flask_garrison.report import render

ASKED = "Is the <b>question</b> of __Host- answered?"
REQUIREMENTS = (
    Requirement(
        id="V3.4.1", level=1, verdict=Verdict.MET, question=ASKED, said=("a.rule passed on 40 answers",), job="check"
    ),
    Requirement(
        id="V3.4.3", level=2, verdict=Verdict.NOT_MET, question=ASKED, said=("0123 b.rule: *bad*\x1b[2J",), job="audit"
    ),
    Requirement(
        id="V3.4.4",
        level=2,
        verdict=Verdict.NEEDS_PERSON,
        question=ASKED,
        said=tuple(f"seen {n}" for n in range(5)),
    ),
    Requirement(
        id="V17.1.1", level=2, verdict=Verdict.NOT_APPLICABLE, question=ASKED, said=("No WebRTC: none.",), job="audit"
    ),
)


def made(*, full: bool = False) -> Report:
    return Report(target=Target(kind="app", name="shop:app"), asvs=Asvs(REQUIREMENTS, full))


def _part(text: str) -> list[str]:
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("OWASP ASVS"))
    return lines[start:]


def test_table() -> None:
    lines = _part(render(made(), "text", width=100))
    assert lines[:5] == [
        "OWASP ASVS 5.0, levels 1 and 2, 4 requirements: 1 met, 1 not met, 1 need a person, 1 not applicable.",
        "                                 level 1                      level 2",
        "                                   met  not met  person  n/a    met  not met  person  n/a",
        " 1 encoding and cleaning             -        -       -    -      -        -       -    -",
        " 2 validation and business logic     -        -       -    -      -        -       -    -",
    ]
    assert lines[5] == " 3 the browser's side                1        -       -    -      -        1       1    -"
    assert lines[20:24] == [
        "   together                          1        -       -    -      -        1       1    1",
        "Answered by audit 2 (1 of them not applicable), check 1. Nothing in this run from pentest, deps,",
        "tls, db.",
        "Each requirement, with evidence or question: --asvs=full.",
    ]


def test_a_narrow_table_has_both_levels_together() -> None:
    lines = _part(render(made(), "text", width=70))
    assert max(map(len, lines[:22])) <= 70
    assert "   together                          1        1       1    1" in lines


def test_full_text_has_each_requirement() -> None:
    text = render(made(full=True), "text", width=100)
    assert (
        "  V3.4.3   L2  not met\n    Is the <b>question</b> of __Host- answered?\n      0123 b.rule: *bad*\\u001b[2J\n"
        in text
    )
    assert "  V17.1.1  L2  not applicable\n" in text
    assert "--asvs=full" not in text


def test_colours() -> None:
    text = render(made(full=True), "text", width=100, colour=True)
    assert "\x1b[32mmet\x1b[0m" in text
    assert "\x1b[2J" not in text


def test_markdown() -> None:
    text = render(made(), "markdown")
    assert "| 3 the browser's side | 1 |  |  |  |  | 1 | 1 |  |" in text
    assert "| together | 1 |  |  |  |  | 1 | 1 | 1 |" in text
    folded = text.partition("<details><summary>ASVS 3: the browser's side</summary>")[2].partition("</details>")[0]
    # What is not met comes first, and no word of it is markup.
    assert folded.index("V3.4.3") < folded.index("V3.4.4") < folded.index("V3.4.1")
    assert "<b>" not in folded
    assert "*bad*" not in folded
    assert "  - seen 1\n  - and 3 more in the full report\n" in folded


def test_markdown_joins_what_does_not_apply_for_the_same_reason() -> None:
    absent = [
        Requirement(id=f"V17.2.{n}", level=2, verdict=Verdict.NOT_APPLICABLE, question=ASKED, said=("No WebRTC.",))
        for n in (1, 2)
    ]
    text = render(Report(target=Target(kind="app", name="shop:app"), asvs=Asvs(absent)), "markdown")
    assert "- **not applicable** V17.2.1, V17.2.2: No WebRTC.\n" in text


def test_markdown_fits_where_there_are_many_words() -> None:
    long = Requirement(
        id="V1.1.1", level=2, verdict=Verdict.NEEDS_PERSON, question=ASKED * 20, said=("word " * 30,) * 3
    )
    report = Report(target=Target(kind="app", name="shop:app"), asvs=Asvs([long] * 253))
    text = render(report, "markdown")
    assert len(text) <= 60_000
    assert "did not fit; see the full report." in text


def test_html() -> None:
    page = render(made(), "html")
    assert '<a href="#asvs">ASVS</a>' in page
    assert page.count('<section id="asvs"') == 1
    assert '<span class="badge grade-d">not met</span>' in page
    assert "Is the &lt;b&gt;question&lt;/b&gt; of __Host- answered?" in page
    assert "seen 4" in page


def test_nothing_where_it_was_not_asked_for() -> None:
    report = Report(target=Target(kind="app", name="shop:app"))
    assert "ASVS" not in render(report, "text")
    assert "ASVS 5.0" not in render(report, "markdown")
    assert 'id="asvs"' not in render(report, "html")
