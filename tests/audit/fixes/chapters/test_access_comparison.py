"""Secrets compared in even time, and never where that could raise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "access.timing-comparison"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ok = a.hexdigest() == b.hexdigest()", "ok = hmac.compare_digest(a.hexdigest(), b.hexdigest())"),
        ("ok = a.digest()==b.digest()  # x", "ok = hmac.compare_digest(a.digest(), b.digest())  # x"),
        (
            'if request.headers.get("X", "") != a.hexdigest(): abort(403)',
            'if not hmac.compare_digest(request.headers.get("X", "").encode(), a.hexdigest().encode()): abort(403)',
        ),
        (
            'ok = ready and (request.form["a"]) == os.environ["KEY"]',
            'ok = ready and hmac.compare_digest((request.form["a"].encode()), os.environ["KEY"].encode())',
        ),
        (
            "ok = (\n\ta.hexdigest()  # ours\n\t== b.hexdigest()\n)",
            "ok = (\n\thmac.compare_digest(a.hexdigest()  # ours\n, b.hexdigest())\n)",
        ),
        ('ok = f"{a}" == "b"', 'ok = hmac.compare_digest(f"{a}".encode(), "b".encode())'),
    ],
)
def test_compared(tmp_path: Path, before: str, after: str) -> None:
    head = "import hmac\nimport os\n"
    assert fixed(tmp_path, RULE, f"{head}{before}\n") == f"{head}{after}\n"


def test_a_name_that_is_only_ever_a_digest(tmp_path: Path) -> None:
    source = "def f(key, body):\n    mine = sign(key, body).hexdigest()\n    return mine == str(body)\n"
    assert fixed(tmp_path, RULE, source) == (
        "import hmac\n\ndef f(key, body):\n    mine = sign(key, body).hexdigest()\n"
        "    return hmac.compare_digest(mine.encode(), str(body).encode())\n"
    )


@pytest.mark.parametrize(
    "comparison",
    [
        "token == expected",
        'request.headers.get("X") == a.hexdigest()',
        'request.args.get("X", None) == a.hexdigest()',
        "request.json['x'] == a.hexdigest()",
        "a.hexdigest() == b.digest()",
        "a.hexdigest() == b.hexdigest() == c.hexdigest()",
        "a.hexdigest() in b",
        "a.hexdigest() == None",
        "jwt.encode(claims, key) == b.hexdigest()",
        "str(a) == b'x'",
    ],
)
def test_left_alone_where_it_could_raise(tmp_path: Path, comparison: str) -> None:
    source = f"ok = {comparison}\n"
    assert fixed(tmp_path, RULE, source) == source
