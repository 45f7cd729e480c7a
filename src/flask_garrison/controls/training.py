"""Education: hands-on practice for those who build, and a page for those who decide.

These controls serve every weakness that a lab teaches, so they name none of their own.
"""

from __future__ import annotations

from flask_garrison.controls import Control, Promise

CONTROLS: tuple[Control, ...] = (
    Control(
        id="training.labs",
        title="Lets learners exploit, fix and guard small apps on their own machine",
        cwe=(),
        asvs=(),
        top10=(),
        probe=Promise.PLANNED,
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.honest-verdicts",
        title="Accepts a fix only when fresh and held-back attacks fail and the features still work",
        cwe=(),
        asvs=(),
        top10=(),
        probe=Promise.PLANNED,
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.guard-step",
        title="Shows for each lab what one line of guard stops, and what it cannot",
        cwe=(),
        asvs=(),
        top10=(),
        probe=Promise.PLANNED,
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.lessons-from-findings",
        title="Opens the lesson that fits a finding in the learner's own code",
        cwe=(),
        asvs=(),
        top10=(),
        audit=Promise.PLANNED,
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.spaced-return",
        title="Brings a lesson back after days as an app that the learner has not seen",
        cwe=(),
        asvs=(),
        top10=(),
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.progress",
        title="Keeps what was learned across restarts and versions",
        cwe=(),
        asvs=(),
        top10=(),
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.final-exam",
        title="Asks for six flaws in one unknown app",
        cwe=(),
        asvs=(),
        top10=(),
        probe=Promise.PLANNED,
        lesson=Promise.PLANNED,
    ),
    Control(
        id="training.decision-page",
        title="Explains risk, trend and next step without jargon to those who decide",
        cwe=(),
        asvs=(),
        top10=(),
        lesson=Promise.PLANNED,
    ),
)
