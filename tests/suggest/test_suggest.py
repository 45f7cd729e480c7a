"""What events lead to: lines with evidence, verdicts, and nothing that an attacker could write for us."""

from __future__ import annotations

import ast
import gzip
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison import Policy
from flask_garrison.errors import GarrisonError
from flask_garrison.suggest import Suggestion, suggest, suggest_from
from flask_garrison.suggest.lines import Line, lines_of
from flask_garrison.suggest.reading import Counts, event_of
from flask_garrison.suggest.report import as_json, as_text
from flask_garrison.suggest.tally import network_of
from flask_garrison.suggest.writing import as_python, as_toml


def event(
    advice: str = "", *, client: int = 1, day: int = 1, control: str = "inputs.csrf", **more: Any
) -> dict[str, Any]:
    detail = {"advice": advice} if advice else {}
    return {
        "schema": 1,
        "time": f"2027-01-{day:02}T10:00:00.000000Z",
        "event": "malicious_cors:https://pay.example",
        "control": control,
        "outcome": "would_refuse",
        "route": "/buy",
        "client": f"192.0.2.{client}",
        "account": "",
        "session": "",
        **more,
        "detail": {**detail, **more.get("detail", {})},
    }


def many(advice: str = "", **more: Any) -> list[dict[str, Any]]:
    return [event(advice, client=client, day=1 + client % 3, **more) for client in range(1, 21)]


def settings_of(suggestion: Suggestion) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(as_toml(suggestion))["policy"]
    return table


def test_what_another_site_caused_stays_a_comment_however_many_ask() -> None:
    suggestion = suggest_from(many('If pages may act, add trusted_origins=["https://evil.example"] to the policy.'))
    text = as_toml(suggestion)
    assert '# trusted_origins = ["https://evil.example"]' in text
    assert "# looks like an attack" in text
    assert "trusted_origins" not in settings_of(suggestion)
    assert Policy().trusted_origins == ()


def test_a_line_that_weakens_a_defence_stays_a_comment_and_says_what_to_do_instead() -> None:
    advice = 'Move it, or allow it on this page: allow_insecure_inline_scripts=["index"]'
    text = as_python(suggest_from(many(advice, control="headers.csp")))
    assert '# allow_insecure_inline_scripts=["index"],' in text
    assert "# weakens a defence: " in text
    assert "# better: Move the script into a file" in text


def test_broad_evidence_writes_a_harmless_line_with_the_defaults_it_would_replace() -> None:
    suggestion = suggest_from(many('cors_headers=["X-Shop"]', control="headers.cors"))
    assert settings_of(suggestion)["cors_headers"] == [*Policy().cors_headers, "X-Shop"]


def test_few_clients_do_not_write_it() -> None:
    advice = 'cors_headers=["X-Shop"]'
    few = suggest_from([event(advice, day=day, control="headers.cors") for day in range(1, 20)])
    assert "cors_headers" not in settings_of(few)
    assert few.candidates[0].doubt == "looks like an attack: few clients"


def test_one_subscriber_of_ipv6_is_one_client() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") == "2001:db8::/64"
    assert network_of("fe80::1%eth0") == "fe80::/64"
    assert network_of("192.0.2.1") == "192.0.2.1"


def test_summaries_of_a_flood_count_for_what_they_stand_for() -> None:
    suggestion = suggest_from([event(), event(detail={"suppressed": 44, "window_seconds": 1.0})])
    assert suggestion.traffic.count == 45


@pytest.mark.parametrize("number", [-5, True, "9", 1 << 60, 1.5])
def test_a_nonsensical_count_is_one(number: object) -> None:
    assert suggest_from([event(detail={"suppressed": number})]).traffic.count == 1


def verdicts(suggestion: Suggestion) -> dict[str, str]:
    return {one.control: one.verdict for one in suggestion.judgements}


def test_verdicts() -> None:
    found = verdicts(suggest_from(many(control="inputs.csrf")))
    assert found["inputs.csrf"] == "enforce after these lines"
    assert found["inputs.body-limits"] == "can enforce now"


def test_silence_proves_nothing_where_little_was_going_on() -> None:
    found = verdicts(suggest_from([event(outcome="allowed")]))
    assert found["inputs.csrf"] == "can enforce now"
    assert found["inputs.body-limits"] == "not seen"


def test_order_is_by_clients_not_by_the_noise_of_one() -> None:
    loud = [event('trusted_origins=["https://loud.example"]', client=1) for _ in range(500)]
    wide = [event('trusted_origins=["https://wide.example"]', client=client) for client in range(3)]
    lines = [candidate.line.value for candidate in suggest_from([*loud, *wide]).candidates]
    assert lines == ["https://wide.example", "https://loud.example"]


@pytest.mark.parametrize(
    "advice",
    [
        'mode="off"',
        'modes={"inputs.csrf": "off"}',
        'unknown_setting=["x"]',
        'trusted_origins=["not an origin"]',
        'trusted_origins=["https://a.example/path"]',
        "trusted_origins=[__import__('os')]",
        'principal="x"',
        "sessions=False",
        'allow_insecure_csrf=["a b\\"]',
    ],
)
def test_nothing_but_what_the_policy_accepts_is_taken_from_advice(advice: str) -> None:
    suggestion = suggest_from(many(advice))
    table = settings_of(suggestion)
    assert set(table) <= {"modes"}
    assert set(table["modes"].values()) <= {"enforce", "observe"}


def test_settings_of_a_view_are_words() -> None:
    advice = """If yours: @view_policy(frame_ancestors=["'self'", "https://its-origin"]) on index"""
    (line,) = lines_of(event(advice))
    assert line.setting == ""
    assert as_toml(suggest_from(many(advice))).count("frame_ancestors") == 1


NASTY = '\x1b[31m"""\n]\r[policy]\nmode = "off" #\u202e\u2028\ud800'


def test_text_of_events_breaks_out_of_nothing() -> None:
    suggestion = suggest_from(many(NASTY, route=NASTY, control="headers.csp", detail={"page": NASTY}))
    suggestion.found[Line("headers.csp", "", NASTY)] = suggestion.traffic
    suggestion.found[Line("headers.cors", "cors_headers", NASTY)] = suggestion.traffic
    for text in (as_toml(suggestion), as_python(suggestion), as_text(suggestion), as_json(suggestion)):
        assert all(" " <= letter <= "~" or letter == "\n" for letter in text)
    table = tomllib.loads(as_toml(suggestion))
    assert list(table) == ["policy"]
    assert "mode" not in table["policy"]
    ast.parse(as_python(suggestion))


@given(st.text(), st.text())
def test_any_text_loads(advice: str, route: str) -> None:
    suggestion = suggest_from(many(f'cors_headers=["{advice}"] {advice}', route=route, control="headers.cors"))
    tomllib.loads(as_toml(suggestion))
    ast.parse(as_python(suggestion))


def test_round_trip_through_the_policy(tmp_path: Path) -> None:
    mixed = [*many('cors_headers=["X-Shop"]', control="headers.cors"), *many(control="inputs.csrf")]
    suggestion = suggest_from(mixed)
    file = tmp_path / "garrison.toml"
    file.write_text(as_toml(suggestion))
    policy = Policy.from_toml(file)
    assert "X-Shop" in policy.cors_headers
    assert policy.mode_of("inputs.csrf") == "observe"
    assert policy.mode_of("inputs.body-limits") == "enforce"
    names: dict[str, Any] = {}
    exec(as_python(suggestion), names)  # noqa: S102 - what a user would run
    assert names["policy"] == policy


@pytest.mark.parametrize("prefix", ["", "2027-01-01 10:00:00,123 WARNING flask_garrison.events: ", "WARN {x} "])
def test_prefixes_are_tolerated(prefix: str) -> None:
    line = prefix + json.dumps(event(), separators=(",", ":"))
    assert event_of(line.encode(), Counts()) == event()


def test_what_a_container_wraps_is_read() -> None:
    line = json.dumps({"log": json.dumps(event(), separators=(",", ":")) + "\n", "stream": "stderr"})
    assert event_of(line.encode(), Counts()) == event()


@pytest.mark.parametrize(
    "line",
    [
        b'{"schema":1,"id":"cut o',
        b'{"schema":' + b"[" * 100_000,
        b'{"schema":2}',
        b'{"schema":1,"event":"no_such_event","control":"inputs.csrf","outcome":"refused"}',
        b'{"schema":1,"event":"sys_crash","control":"no.such","outcome":"refused"}',
        b'{"schema":1,"event":"sys_crash","control":["inputs.csrf"],"outcome":"refused"}',
        b'{"schema":1,"event":"sys_crash","control":"inputs.csrf","outcome":["refused"]}',
        b'{"schema":1,"event":7,"control":"inputs.csrf","outcome":"refused"}',
    ],
)
def test_what_only_looks_like_an_event_is_malformed(line: bytes) -> None:
    counts = Counts()
    assert event_of(line, counts) is None
    assert counts.malformed == 1


@given(st.binary())
def test_no_line_crashes(line: bytes) -> None:
    event_of(line, Counts())
    event_of(b'{"schema":' + line, Counts())


def test_an_event_inside_a_line_of_another_log_is_not_taken() -> None:
    line = f'127.0.0.1 "GET /" 200 "{json.dumps(event(), separators=(",", ":"))}" "-"'
    assert event_of(line.encode(), Counts()) is None


def test_gzip_is_read_and_a_cut_one_is_an_error(tmp_path: Path) -> None:
    data = gzip.compress(b"\n".join(json.dumps(event(), separators=(",", ":")).encode() for _ in range(50)))
    whole, cut = tmp_path / "a.gz", tmp_path / "b.gz"
    whole.write_bytes(data)
    cut.write_bytes(data[:-10])
    assert suggest([str(whole)]).counts.events == 50
    with pytest.raises(GarrisonError, match=r"b\.gz"):
        suggest([str(cut)])


def test_a_flood_of_invented_lines_is_bounded_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flask_garrison.suggest.MAX_LINES", 10)
    suggestion = suggest_from(event(f'trusted_origins=["https://e{n}.example"]') for n in range(50))
    assert len(suggestion.found) == 10
    assert "Not listed: 40 events" in as_text(suggestion)


def test_a_missing_header_is_no_refusal_but_a_replaced_one_is_to_be_looked_at() -> None:
    words = "X-Frame-Options: nothing would become SAMEORIGIN"
    added = suggest_from([event(control="headers.framing", detail={"difference": words})])
    assert verdicts(added)["headers.framing"] == "can enforce now"
    assert added.candidates == []
    words = "X-Frame-Options: ALLOWALL would become SAMEORIGIN"
    replaced = suggest_from([event(control="headers.framing", detail={"difference": words})])
    assert verdicts(replaced)["headers.framing"] == "enforce after these lines"
    assert f"# look at: {words}" in as_toml(replaced)


def test_an_exemption_that_other_sites_asked_for_looks_like_an_attack() -> None:
    (candidate,) = suggest_from(many('add allow_insecure_csrf=["buy"].')).candidates
    assert candidate.doubt.startswith("looks like an attack")


def test_a_line_that_is_too_long_is_no_event_and_no_piece_of_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flask_garrison.suggest.reading.MAX_LINE", 1_000)
    written = json.dumps(event(), separators=(",", ":")).encode()
    file = tmp_path / "long.log"
    file.write_bytes(b"x" * 1_000 + written + b"\n" + written + b"\n")
    counts = suggest([str(file)]).counts
    assert (counts.lines, counts.events) == (2, 1)
