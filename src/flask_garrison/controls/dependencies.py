"""Third-party libraries: known before they are adopted, watched afterwards, upgraded without fear.

What is there first, then what is known against it, then what comes in and how it stays current.
"""

from __future__ import annotations

from flask_garrison.controls import Control, Promise

CONTROLS: tuple[Control, ...] = (
    Control(
        id="dependencies.inventory",
        title="Lists direct and transitive packages from every usual file and from the environment",
        cwe=(1104, 1395),
        asvs=("V15.1.2",),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.sbom",
        title="Writes a bill of materials with the exploitability of known flaws",
        cwe=(1357, 1395),
        asvs=("V15.1.2",),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.advisories",
        title="Finds packages with published vulnerabilities",
        cwe=(1395,),
        asvs=("V15.2.1",),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
        lesson=Promise.PLANNED,
        lab="dependencies-old-and-known",
    ),
    Control(
        id="dependencies.data-age",
        title="Calls a package unknown, never clean, where advisories are missing, old or unreadable",
        cwe=(636, 1395),
        asvs=("V15.1.1", "V15.2.1"),
        top10=("A03:2025", "A10:2025"),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.reachability",
        title="Ranks advisories by whether the app imports the package and calls what is flawed",
        cwe=(1395,),
        asvs=("V15.1.1",),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.end-of-life",
        title="Finds abandoned, withdrawn and unsupported packages, Python itself included",
        cwe=(1104, 1329),
        asvs=("V15.1.1", "V15.2.1"),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.development-packages",
        title="Finds tools for development and tests in the production environment",
        cwe=(489, 1125),
        asvs=("V15.2.3",),
        top10=("A02:2025", "A06:2025"),
        audit=Promise.BUILT,
    ),
    Control(
        id="dependencies.vetting",
        title="Judges a package before it is adopted, without building or running it",
        cwe=(506, 829, 1357),
        asvs=("V15.1.2",),
        top10=("A03:2025", "A08:2025"),
        audit=Promise.PLANNED,
        lesson=Promise.PLANNED,
        lab="dependencies-almost-the-right-name",
    ),
    Control(
        id="dependencies.lookalike-names",
        title="Finds names that differ by a letter from a popular package",
        cwe=(506, 1357),
        asvs=("V15.2.4",),
        top10=("A03:2025", "A08:2025"),
        audit=Promise.PLANNED,
        lesson=Promise.PLANNED,
        lab="dependencies-almost-the-right-name",
    ),
    Control(
        id="dependencies.licences",
        title="Finds licences that the project's own policy does not accept",
        cwe=(),
        asvs=("V15.1.2",),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.pinned-hashes",
        title="Finds packages that are installed without a pinned version and hash",
        cwe=(353, 494, 1357),
        asvs=("V15.2.4",),
        top10=("A03:2025", "A08:2025"),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.package-sources",
        title="Finds packages that another index, a repository or a folder could replace",
        cwe=(427, 829),
        asvs=("V15.1.2", "V15.2.4"),
        top10=("A03:2025", "A08:2025"),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.upgrade-plan",
        title="Proposes the lowest fixed version that all other pins allow",
        cwe=(1104, 1395),
        asvs=("V15.1.1", "V15.2.1"),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
    Control(
        id="dependencies.scheduled-upgrades",
        title="Opens upgrades for review on a schedule",
        cwe=(1104, 1395),
        asvs=("V15.1.1", "V15.2.1"),
        top10=("A03:2025",),
        audit=Promise.PLANNED,
    ),
)
