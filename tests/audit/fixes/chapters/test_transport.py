"""Verification, switched on again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "transport.tls-verification-off"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("requests.get(url, verify=False)", "requests.get(url)"),
        ("requests.get(url, verify=False, timeout=3)", "requests.get(url, timeout=3)"),
        ("requests.get(url,verify=False,timeout=3)", "requests.get(url,timeout=3)"),
        ("requests.get(verify=False, url=url)", "requests.get(url=url)"),
        ("s = httpx.Client(verify=False)", "s = httpx.Client()"),
        ("requests.get(f(a, (b)), verify=(False)).json()", "requests.get(f(a, (b))).json()"),
        ("a(requests.get(u, verify=False), s.post(u, verify=False))", "a(requests.get(u), s.post(u))"),
        (
            "requests.get(\n\turl,\n\tverify=False,  # internal\n\ttimeout=3,\n)",
            "requests.get(\n\turl,\n\t# internal\n\ttimeout=3,\n)",
        ),
        ("requests.get(url, verify=False,\n    timeout=3)", "requests.get(url,\n    timeout=3)"),
        ("requests.get(\n    url, verify=False\n)", "requests.get(\n    url\n)"),
        ("session.verify = False  # self-signed", "session.verify = True  # self-signed"),
        ("c = ssl._create_unverified_context()", "c = ssl.create_default_context()"),
    ],
)
def test_verified(tmp_path: Path, before: str, after: str) -> None:
    head = "import ssl, requests, httpx\n"
    assert fixed(tmp_path, RULE, f"{head}{before}\n") == f"{head}{after}\n"


@pytest.mark.parametrize(
    "source",
    [
        "requests.get(url, verify=verify)\n",
        "requests.get(url, verify=True)\n",
        "requests.get(url, verify=0)\n",
        "check(token, verify=False)\n",
        "requests.get(url, **{'verify': False})\n",
        "import ssl\nc = ssl._create_unverified_context(cafile=a)\n",
    ],
)
def test_left_alone(tmp_path: Path, source: str) -> None:
    assert fixed(tmp_path, RULE, source) == source


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, newline: str) -> None:
    before = "\ufeffimport requests\n# é\nrequests.get(\n\turl, # ü\n\tverify=False,\n)\n"
    after = before.replace("\tverify=False,\n", "")
    assert fixed(tmp_path, RULE, before.replace("\n", newline)) == after.replace("\n", newline)


def test_another_encoding_stays(tmp_path: Path) -> None:
    before = "# -*- coding: latin-1 -*-\nimport requests\nrequests.get('é', verify=False, headers={'ü': 1})\n"
    after = before.replace(" verify=False,", "")
    assert fixed(tmp_path, RULE, before.encode("latin-1")) == after
