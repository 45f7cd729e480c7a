"""What names machines is read exactly, or refused with the nearest valid spelling."""

from __future__ import annotations

from typing import Any

import pytest

from flask_garrison import Policy, PolicyError

RIGHT: list[tuple[str, Any, Any]] = [
    ("proxies", None, None),
    ("proxies", 0, 0),
    ("proxies", 2, 2),
    ("proxies", ["::/0", "::/80"], ("::/0", "::/80")),
    ("proxies", ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"], ("10.0.0.0/8", "2001:db8::/32", "192.0.2.7/32")),
    ("proxy_headers", ["Forwarded"], ("Forwarded",)),
    ("proxy_headers", ["X-Forwarded-For", "X-Forwarded-Host"], ("X-Forwarded-For", "X-Forwarded-Host")),
    (
        "hosts",
        ["Shop.Example", ".shop.example", "localhost", "[::1]"],
        ("shop.example", ".shop.example", "localhost", "[::1]"),
    ),
    ("hosts", ["b\u00fccher.example"], ("xn--bcher-kva.example",)),
    ("allow_insecure_hosts_from", ["10.244.0.0/16"], ("10.244.0.0/16",)),
    ("allow_insecure_debug_from", ["172.17.0.1"], ("172.17.0.1/32",)),
]
WRONG: list[tuple[str, Any, str]] = [
    ("proxies", -1, "from 0 to 16"),
    ("proxies", 17, "from 0 to 16"),
    ("proxies", True, "is not a list of networks"),
    ("proxies", "10.0.0.0/8", "is not a list of networks"),
    ("proxies", [], "Did you mean '0'?"),
    ("proxies", ["10.0.0.1/8"], "has host bits set"),
    ("proxies", ["proxy.example"], "is not a network"),
    ("proxies", ["::ffff:10.0.0.0/104"], "write '10.0.0.0/8'"),
    ("proxies", ["10.0.0.0/8", "::ffff:192.0.2.7"], "write '192.0.2.7/32'"),
    ("allow_insecure_hosts_from", ["::ffff:0:0/96"], "write '0.0.0.0/0'"),
    ("allow_insecure_debug_from", ["::ffff:ac11:1/128"], "write '172.17.0.1/32'"),
    ("proxy_headers", ["X-Forwarded-Protocol"], "Did you mean 'X-Forwarded-Proto'?"),
    ("proxy_headers", ["Forwarded", "X-Forwarded-For"], "a proxy sets one kind"),
    ("hosts", "shop.example", "is not a list of host names"),
    ("hosts", ["*.shop.example"], "Did you mean '.shop.example'?"),
    ("hosts", ["https://shop.example/"], "Did you mean 'shop.example'?"),
    ("hosts", ["shop.example:8443"], "Did you mean 'shop.example'?"),
    ("hosts", ["shop example"], "is not a host name"),
    ("hosts", ["shop..example"], "is not a host name"),
    ("hosts", ["fe80::1%eth0"], "is not a host name"),
    ("hosts", [b"shop.example"], "is not a host name"),
    ("hsts_preload", True, "hsts_max_age of a year"),
]


@pytest.mark.parametrize(("name", "value", "stored"), RIGHT)
def test_it_is_stored_in_its_canonical_form(name: str, value: Any, stored: Any) -> None:
    assert getattr(Policy(**{name: value}), name) == stored


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_is_wrong_is_an_error_in_words(name: str, value: Any, words: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(**{name: value})
    assert caught.value.key == name
    assert words in str(caught.value)
