"""Words of what was refused, and the names of what can be allowed."""

from __future__ import annotations

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.harness import Allowance, Attempt
from flask_garrison.target.harness.outcome import allowances


def test_an_attempt_in_words() -> None:
    full = Attempt(kind="connect", what="192.0.2.7:443", where="shop.py:12 in pay", allow="network")
    assert full.words == "connect: 192.0.2.7:443 (shop.py:12 in pay); --allow network lets it"
    assert Attempt(kind="write", what="/dev/sda").words == "write: /dev/sda"


def test_allowances_by_name() -> None:
    assert allowances(["mail", "network"]) == {Allowance.MAIL, Allowance.NETWORK}
    assert allowances([Allowance.COMMANDS]) == {Allowance.COMMANDS}


def test_unknown_allowance() -> None:
    with pytest.raises(TargetError) as caught:
        allowances(["everything"])
    assert str(caught.value) == (
        "--allow everything: there is no such allowance. There are: network, loopback, database, mail, commands."
    )
