"""The real-apps benchmark without its apps: what counts as the same, which lines are too wide, what the lock holds."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from benchmarks.real_apps.apps import names, recipe_of
from benchmarks.real_apps.compare import broken_files, differences, policy_text, refuse_wide_lines, unprinted, view_text
from benchmarks.real_apps.environments import LOCK, child_env, pinned, sections
from benchmarks.real_apps.files import archive, noise, transfer
from benchmarks.real_apps.launch import FACTS, guard_for
from benchmarks.real_apps.probes import PROBES, silent
from benchmarks.real_apps.recipe import Place, Recipe
from benchmarks.real_apps.report import details, table, transfers
from benchmarks.real_apps.run import Result, Run
from benchmarks.real_apps.visit import Seen, Violation, plain
from flask_garrison import Garrison
from flask_garrison.policy import GUARDED_CONTROLS
from tests.support.server import serve

PAGE = "Shop | 2 style sheets | One apple"


def seen(**changes: Any) -> Seen:
    return replace(Seen(pages={"/": PAGE}, stored="1 apple"), **changes)


def recipe(**changes: Any) -> Recipe:
    def nothing(*_: object) -> None: ...

    return replace(Recipe("Shop", "shop", nothing, nothing, nothing, "an apple is bought"), **changes)


def test_two_like_runs_do_not_differ() -> None:
    assert differences(seen(), seen(), {}) == []


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"pages": {"/": "Shop | 1 style sheets | One apple"}}, "page /: '2' became '1'"),
    ({"pages": {}}, "page /: not reached"),
    ({"errors": {"x is not defined"}}, "console: x is not defined"),
    ({"crashes": {"x is null"}}, "uncaught: x is null"),
    ({"failures": {"POST /buy 403"}}, "request: POST /buy 403"),
    ({"stopped": "no button"}, "the visit stopped: no button"),
    ({"stored": ""}, "stored:  instead of 1 apple"),
    ({"violations": [Violation("script-src", "eval", "enforce")]}, "blocked: script-src eval"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_whatever_is_not_the_same_is_named(change: dict[str, Any], words: str) -> None:
    assert differences(seen(), seen(**change), {}) == [words]


def test_what_a_bare_run_shows_too_is_no_difference() -> None:
    faulty = seen(errors={"e"}, crashes={"c"}, failures={"f"}, stopped="s")
    assert differences(faulty, faulty, {}) == []
    assert differences(faulty, seen(stopped="s"), {}) == []


def test_report_only_tolerated_and_noisy_things_are_no_difference() -> None:
    kinds = [Violation("script-src", "inline", "report"), Violation("script-src", "eval", "enforce")]
    words = 'The page violates the following Content Security Policy directive: "script-src x"'
    guarded = seen(violations=kinds, errors={words, "Transport not open"})
    assert differences(seen(), guarded, {"script-src eval": "a probe"}, {"Transport not open": "left early"}) == []
    assert len(differences(seen(), guarded, {})) == 3


def test_numbers_ids_ports_and_nonces_vary() -> None:
    one = "http://127.0.0.1:4711/b/0f5b1f8f-6f1a-4a9c-8f6c-0f5b1f8f6f1a  'nonce-a_b' 12:30"
    assert plain(one) == "/b/# # #:#"


def test_the_lock_has_a_whole_hashed_part_for_each_recipe() -> None:
    parts = sections(LOCK.read_text())
    assert set(parts) == {*names(), "driver"}
    for name in names():
        assert pinned(parts[name], recipe_of(name).distribution) != "?", name
        assert pinned(parts[name], "flask").startswith("3.1"), name
        assert parts[name].count("==") <= parts[name].count("--hash=sha256:")
    assert "://" not in LOCK.read_text()


def test_a_part_of_the_lock_ends_where_the_next_begins() -> None:
    text = "# words\n# === one\nA.b==1 \\\n    --hash=sha256:0\n# === two\nc==2 ; python_version < '4'\n"
    parts = sections(text)
    assert parts == {"one": "A.b==1 \\\n    --hash=sha256:0\n", "two": "c==2 ; python_version < '4'\n"}
    assert (pinned(parts["one"], "a-B"), pinned(parts["two"], "c"), pinned(parts["two"], "a-b")) == ("1", "2", "?")


@pytest.mark.parametrize("name", names())
def test_no_recipe_sets_a_control_off_or_opens_the_whole_app(name: str) -> None:
    refuse_wide_lines(recipe_of(name))


@pytest.mark.parametrize(
    "lines",
    [{"modes": ("headers.csp",)}, {"mode": ("observe",)}, {"csp": ("script-src",)}, {"form_targets": ()}, {"a": True}],
)
def test_a_wide_line_is_refused(lines: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no line for endpoints"):
        refuse_wide_lines(recipe(lines=lines))


def test_lines_that_no_event_proposed_are_named() -> None:
    csp = {"csp": {"base-uri": ["'self'"]}}
    wanted = recipe(lines={"allow_insecure_eval": ("read", "edit")}, views={"read": csp})
    said = ['allow_insecure_eval=["read"]', """Or: @view_policy(csp={"base-uri": ["'self'"]}) on read"""]
    assert unprinted(wanted, said) == ['allow_insecure_eval=["edit"]']
    assert view_text("read", csp) in said[1]
    assert policy_text("allow_insecure_eval", ("read", "edit")) == 'allow_insecure_eval=["read", "edit"]'


def test_the_guard_is_added_from_outside_with_lines_and_views(tmp_path: Path) -> None:
    app = Flask("shop")
    app.add_url_rule("/", "read", lambda: "<p>page</p>")
    app.add_url_rule("/edit", "edit", lambda: "<p>page</p>")
    wanted = recipe(
        lines={"allow_insecure_eval": ("edit",)},
        views={"read": {"csp": {"base-uri": ["'self'"]}}},
    )
    guard_for("adopted", wanted, tmp_path)(app)
    policies = [app.test_client().get(path).headers["Content-Security-Policy"] for path in ("/", "/edit")]
    assert ["base-uri 'self'" in policy for policy in policies] == [True, False]
    assert ["'unsafe-eval'" in policy for policy in policies] == [False, True]
    facts = json.loads((tmp_path / FACTS).read_text())
    assert facts == {"controls": len(GUARDED_CONTROLS), "enforcing": len(GUARDED_CONTROLS), "endpoints": 3}


@pytest.mark.parametrize(("mode", "header"), [("bare", None), ("observe", None), ("enforce", "nosniff")])
def test_each_mode_is_what_it_says(tmp_path: Path, mode: str, header: str | None) -> None:
    app = Flask("shop")
    guard_for(mode, recipe(), tmp_path)(app)
    assert app.test_client().get("/").headers.get("X-Content-Type-Options") == header


def test_the_report_says_what_differs_and_what_was_proposed() -> None:
    advice = [{"detail": {"advice": 'allow_insecure_eval=["read"]'}}]
    blocked = Run(seen(violations=[Violation("script-src", "eval", "enforce")]), advice)
    facts = {"enforcing": 17, "controls": 17, "endpoints": 3}
    runs = {"bare": Run(seen()), "observe": Run(seen(), advice), "enforce": blocked, "adopted": Run(seen(), [], facts)}
    result = Result("shop", recipe(lines={"allow_insecure_eval": ("read",)}), "1.2", runs)
    row = table([result]).splitlines()[-1]
    first, second = row.split(" | yes, each | ")
    assert first == '| Shop | 1.2 | none | 1 | `allow_insecure_eval=["read"]`'
    assert second == "same as bare | 17 of 17 | 12 of 12 | 1 of 3 |"
    assert "- blocked: script-src eval" in details([result])
    assert list(result.problems()) == []
    runs["adopted"] = replace(blocked, silent=["inputs.csrf"])
    assert list(result.problems()) == ["adopted: blocked: script-src eval", "adopted: inputs.csrf did not act"]


@pytest.mark.parametrize(("mode", "silenced"), [("bare", {*PROBES} - {"headers.cors"}), ("enforce", set())])
def test_the_probes_see_who_acts(tmp_path: Path, mode: str, silenced: set[str]) -> None:
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: "<p>page</p>", methods=["GET", "POST"])
    guard_for(mode, recipe(), tmp_path)(app)
    with serve(app) as site:
        assert set(silent(Place(tmp_path, site.port))) == silenced


def test_a_control_that_is_off_is_seen(tmp_path: Path) -> None:
    app = Flask("shop")
    Garrison(app, modes={"inputs.csrf": "off", "headers.framing": "observe"})
    with serve(app) as site:
        assert silent(Place(tmp_path, site.port)) == ["headers.framing", "inputs.csrf"]


def test_a_place_is_on_loopback_and_nothing_of_python_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("GARRISON_MODE", "off")
    assert not {"PYTHONPATH", "GARRISON_MODE"} & set(child_env())
    assert Place(Path(), 8000).url == "http://127.0.0.1:8000"


def test_the_command_refuses_an_unknown_app(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = LOCK.with_name("real_apps.py")
    monkeypatch.syspath_prepend(str(script.parent))
    spec = importlib.util.spec_from_file_location("real_apps_command", script)
    command = cast(Any, importlib.util.module_from_spec(cast(Any, spec)))
    cast(Any, spec).loader.exec_module(command)
    monkeypatch.setattr("sys.argv", ["real_apps.py", "nosuch"])
    with pytest.raises(SystemExit, match="2"):
        command.main()
    assert "there is no recipe for nosuch" in capsys.readouterr().err


def test_files_are_compared_byte_for_byte() -> None:
    whole, cut = transfer("download", b"abc", b"abc", name="a.txt"), transfer("download", b"abc", b"ab", name="a.txt")
    assert (whole.whole, whole.size, cut.whole) == (True, 3, False)
    assert differences(seen(files={"a": whole}), seen(files={"a": whole}), {}) == []
    assert differences(seen(files={"a": whole}), seen(), {}) == ["file a: not reached"]
    for other in (cut, replace(whole, name="b.txt"), transfer("download", b"xyz", b"xyz", name="a.txt")):
        assert len(differences(seen(files={"a": whole}), seen(files={"a": other}), {})) == 1, other
    assert list(broken_files(seen(files={"a": whole, "b": cut}))) == ["file b: not what was sent"]
    assert transfer("upload", b"abc", None).whole is False


def test_a_file_with_times_in_it_is_compared_within_its_run() -> None:
    one, other = (transfer("download", sent, sent, varies=True) for sent in (b"at 10:00", b"at 11:00:00"))
    assert one == other
    assert one != transfer("download", b"at 10:00", b"at 11:00", varies=True)


def test_made_files_are_the_same_each_time() -> None:
    assert noise(1_000) == noise(1_000) != noise(1_001)[:1_000]
    assert archive({"a": b"b"}) == archive({"a": b"b"})


def test_a_size_that_an_event_left_open_counts_as_proposed() -> None:
    wanted = recipe(views={"send": {"max_body_bytes": 9}})
    assert unprinted(wanted, ["@view_policy(max_body_bytes=...) on 'send', if more is meant to come."]) == []
    assert unprinted(wanted, ["@view_policy(max_body_bytes=...) on 'other'"]) == [
        "@view_policy(max_body_bytes=9) on send"
    ]


def test_the_report_says_what_became_of_each_file() -> None:
    sent, cut = transfer("upload", b"abc", b"abc"), transfer("upload", b"abc", b"")
    runs = {"bare": Run(seen(files={"a": sent, "b": sent})), "observe": Run(seen(files={"a": sent, "b": sent}))}
    runs |= {"enforce": Run(seen(files={"a": cut})), "adopted": Run(seen(files={"a": sent, "b": sent}))}
    result = Result("shop", recipe(lines={"allow_insecure_eval": ("read",)}), "1.2", runs)
    assert transfers([result]).splitlines()[2:] == [
        "| Shop | upload | a | 3 | yes | same | differs | same |",
        "| Shop | upload | b | 3 | yes | same | not reached | same |",
    ]
    runs["bare"] = Run(seen(files={"a": cut}))
    assert "bare: file a: not what was sent" in list(result.problems())
