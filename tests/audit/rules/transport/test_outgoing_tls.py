"""Outgoing connections that verify nobody are found by what would be made, not by words in source."""

from __future__ import annotations

import ssl
import warnings

import pytest
import urllib3

from tests.audit.shorthand import titles
from tests.audit.support import make

CONTEXT = "transport.unverified-https"
WARNINGS = "transport.silenced-certificate-warnings"
KEYS = "transport.tls-key-log"


def test_a_default_context_that_verifies_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert titles(CONTEXT, make()) == []
    monkeypatch.setattr(ssl, "_create_default_https_context", ssl._create_unverified_context)
    words = ["high: ssl._create_default_https_context verifies no certificate"]
    assert titles(CONTEXT, make()) == words


def test_a_context_of_an_own_authority_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssl, "_create_default_https_context", lambda: ssl.create_default_context())
    assert titles(CONTEXT, make()) == []


def test_silenced_warnings_are_found() -> None:
    with warnings.catch_warnings():
        warnings.resetwarnings()
        assert titles(WARNINGS, make()) == []
        urllib3.disable_warnings(urllib3.exceptions.DependencyWarning)
        assert titles(WARNINGS, make()) == []
        urllib3.disable_warnings()
        assert titles(WARNINGS, make()) == ["low: urllib3's warnings of unverified certificates are ignored"]


def test_a_key_log_is_found() -> None:
    assert titles(KEYS, make(), environ={"SSLKEYLOGFILE": "/tmp/keys"}) == ["medium: SSLKEYLOGFILE is set"]
    assert titles(KEYS, make(), environ={}) == []
