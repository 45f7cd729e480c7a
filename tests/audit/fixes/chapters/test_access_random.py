"""Tokens from the system's generator."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "access.weak-randomness"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = random.choice(b)", "a = secrets.choice(b)"),
        ("a = random.randrange(10)", "a = secrets.randbelow(10)"),
        ("a = random.randrange(1, 10)", "a = secrets.SystemRandom().randrange(1, 10)"),
        ("a = random.randint(0, 9)  # six", "a = secrets.SystemRandom().randint(0, 9)  # six"),
        ("a = random.getrandbits(64)", "a = secrets.randbits(64)"),
        ("a = ''.join(random.choice(c) for _ in range(8))", "a = ''.join(secrets.choice(c) for _ in range(8))"),
        ("a = random.choice(x) + random.choice(y)", "a = secrets.choice(x) + secrets.choice(y)"),
        ("a = ''.join(random.choices(c, k=8))", "a = ''.join(secrets.SystemRandom().choices(c, k=8))"),
    ],
)
def test_randomness(tmp_path: Path, before: str, after: str) -> None:
    head, new = "import os\nimport random\nimport sys\n", "import os\nimport random\nimport secrets\nimport sys\n"
    assert fixed(tmp_path, RULE, f"{head}\n{before}\n") == f"{new}\n{after}\n"


@pytest.mark.parametrize(
    "source",
    [
        "import random\na = random.SystemRandom().choice(b)\n",
        "import random\nr = random.Random(1)\na = r.choice(b)\n",
        "import random\nsecrets = {}\na = random.choice(b)\n",
        "from mine import random\na = random.choice(b)\n",
        "import random\nrandom.seed(1)\n",
    ],
)
def test_left_alone(tmp_path: Path, source: str) -> None:
    assert fixed(tmp_path, RULE, source) == source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '"""A module."""\n\nfrom __future__ import annotations\n\nfrom random import choice\n\na = choice(b)\n',
            '"""A module."""\n\nfrom __future__ import annotations\n\n'
            "import secrets\nfrom random import choice\n\na = secrets.choice(b)\n",
        ),
        (
            "#!/usr/bin/env python\nimport secrets\nfrom random import choice as pick\na = pick(b)\n",
            "#!/usr/bin/env python\nimport secrets\nfrom random import choice as pick\na = secrets.choice(b)\n",
        ),
        (
            "import flask\n\nimport random; x = 1\na = random.choice(b)\n",
            "import secrets\n\nimport flask\n\nimport random; x = 1\na = secrets.choice(b)\n",
        ),
        (
            "import random; a = random.choice(b)",
            "import random; a = secrets.choice(b)\nimport secrets\n",
        ),
    ],
)
def test_where_the_import_goes(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, RULE, before) == after
