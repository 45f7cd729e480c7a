"""The catalogue is well formed: stable ids, real vocabularies, and no control without a promise."""

from __future__ import annotations

import importlib
import re

import pytest

from flask_garrison.controls import CHAPTERS, Control, Face, Promise, catalogue

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
ENTRIES: list[tuple[str, Control]] = [
    (chapter, control)
    for chapter in CHAPTERS
    for control in importlib.import_module(f"flask_garrison.controls.{chapter}").CONTROLS
]
CONTROLS: list[Control] = [control for _, control in ENTRIES]

SHIPPED_WITH_EVENT: tuple[str, ...] = (
    "access.session-cookie",
    "headers.cookies",
    "headers.cors",
    "headers.cross-origin",
    "headers.csp",
    "headers.disclosure",
    "headers.framing",
    "headers.nosniff",
    "headers.permissions-policy",
    "headers.referrer-policy",
    "headers.reports",
    "headers.trusted-types",
    "headers.xss-auditor",
    "inputs.csrf",
    "inputs.websocket-origin",
    "monitoring.error-events",
)
SHIPPED_WITHOUT_EVENT: tuple[str, ...] = ("headers.caching", "headers.clear-site-data", "headers.integrity")

every_control = pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)


def test_catalogue_holds_every_entry_once_in_chapter_order() -> None:
    assert list(catalogue()) == [control.id for control in CONTROLS]
    assert list(catalogue().values()) == CONTROLS


def test_every_chapter_has_controls() -> None:
    assert {chapter for chapter, _ in ENTRIES} == set(CHAPTERS)


@pytest.mark.parametrize(("chapter", "control"), ENTRIES, ids=lambda value: getattr(value, "id", value))
def test_id_is_a_slug_in_the_chapter_of_its_file(chapter: str, control: Control) -> None:
    assert re.fullmatch(rf"{chapter}\.{SLUG}", control.id)
    assert control.chapter == chapter


def test_titles_are_unique() -> None:
    assert len({control.title for control in CONTROLS}) == len(CONTROLS)


@every_control
def test_title_is_one_phrase_without_a_full_stop(control: Control) -> None:
    assert re.fullmatch(r"[A-Z][^.\n]*[a-z0-9A-Z]", control.title)


@every_control
def test_weaknesses_are_cwe_numbers_in_order(control: Control) -> None:
    assert all(type(number) is int and number > 0 for number in control.cwe)
    assert list(control.cwe) == sorted(set(control.cwe))


@every_control
def test_requirements_have_the_form_of_asvs_ids(control: Control) -> None:
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", requirement) for requirement in control.asvs)
    assert len(set(control.asvs)) == len(control.asvs)


@every_control
def test_categories_are_those_of_the_top10_of_2025(control: Control) -> None:
    assert all(re.fullmatch(r"A(0[1-9]|10):2025", category) for category in control.top10)
    assert list(control.top10) == sorted(set(control.top10))


@every_control
def test_control_outside_training_names_a_risk(control: Control) -> None:
    assert control.top10 or control.chapter == "training"


@every_control
def test_control_promises_a_face(control: Control) -> None:
    assert any(control.promise(face) is not Promise.NONE for face in Face)


@every_control
def test_lab_belongs_to_a_chapter_and_to_a_promised_lesson(control: Control) -> None:
    if control.lab is None:
        return
    chapter = next((name for name in CHAPTERS if control.lab.startswith(f"{name}-")), None)
    assert chapter is not None
    assert re.fullmatch(SLUG, control.lab)
    assert control.lesson is not Promise.NONE


@every_control
def test_lesson_outside_training_names_its_lab(control: Control) -> None:
    if control.lesson is not Promise.NONE and control.chapter != "training":
        assert control.lab is not None


@pytest.mark.parametrize("control_id", SHIPPED_WITH_EVENT + SHIPPED_WITHOUT_EVENT)
def test_shipped_control_is_built(control_id: str) -> None:
    assert catalogue()[control_id].enforce is Promise.BUILT


@pytest.mark.parametrize("control_id", SHIPPED_WITH_EVENT)
def test_shipped_control_emits_its_event(control_id: str) -> None:
    assert catalogue()[control_id].event is Promise.BUILT
