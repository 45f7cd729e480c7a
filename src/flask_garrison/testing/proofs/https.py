"""Plain HTTP from beyond this machine is redirected or refused, on every route; HTTPS answers carry HSTS."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "transport.https-only"
_AFAR = {"REMOTE_ADDR": "203.0.113.7"}


def prove(subject: Subject) -> Iterator[Hole]:
    """Ask every route over plain HTTP, as a client of another network."""
    host = subject.base_url.partition("://")[2]
    plain = f"http://{host if host != 'localhost' else 'garrison-proof.example'}"
    for rule, path in subject.routes():
        method = min((rule.methods or set()) - {"HEAD", "OPTIONS"}, default="GET")
        subject.reached.clear()
        subject.ask(path, method, base_url=plain, environ_overrides=_AFAR)
        if subject.reached:
            mend = f"modes={{'{CONTROL}': 'enforce'}}, and take the endpoint out of allow_insecure_http or name it"
            yield Hole(CONTROL, f"{method} {rule.rule}", "plain HTTP reached the view", mend, rule.endpoint)
    yield from _prove_hsts(subject, plain.replace("http:", "https:"))


def _prove_hsts(subject: Subject, base_url: str) -> Iterator[Hole]:
    page = subject.first_page()
    if page is not None and "Strict-Transport-Security" not in subject.ask(page[1], base_url=base_url).headers:
        mend = "modes={'transport.hsts': 'enforce'} and hsts_max_age above 0"
        yield Hole("transport.hsts", f"GET {page[0].rule}", "an HTTPS answer has no Strict-Transport-Security", mend)
