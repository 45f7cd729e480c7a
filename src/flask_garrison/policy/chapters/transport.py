"""Settings of the chapter ``transport``: HTTPS, the proxies in front, the names that the application answers to."""

from __future__ import annotations

from .. import checks, network_checks
from ..setting import setting, settings


@settings(frozen=True, kw_only=True)
class TransportSettings:
    """How requests arrive."""

    proxies: int | tuple[str, ...] | None = setting(
        None,
        network_checks.proxies,
        "The proxies in front: their number, or their networks such as `['10.0.0.0/8']`. `0` states that there is "
        "none. `None` is undeclared: forwarded headers are not believed, and limits by client only observe where the "
        "peer looks like a proxy.",
        "A number or network that is too large lets clients choose their address, scheme and host.",
    )
    proxy_headers: tuple[str, ...] = setting(
        ("X-Forwarded-For", "X-Forwarded-Proto"),
        network_checks.proxy_headers,
        "The headers that the proxies set or overwrite; no other is believed.",
        "A header that a proxy passes on unchanged is the client's.",
    )
    hosts: tuple[str, ...] = setting(
        (),
        network_checks.hosts,
        "The host names that the application answers to; `.shop.example` includes subdomains. Empty: the "
        "application's `TRUSTED_HOSTS`, else every host.",
        "When undeclared, a forged Host header ends up in links of mails and in caches.",
    )
    require_hosts: bool = setting(
        False,
        checks.boolean,
        "Refuse to start until `hosts` or `TRUSTED_HOSTS` is declared.",
        "When off, a missing declaration is only a warning.",
    )
    allow_insecure_hosts_from: tuple[str, ...] = setting(
        (),
        network_checks.networks,
        "Networks of health probes, which name the application by an address; no forwarded header may be present.",
        "A client of these networks may name any host.",
    )
    allow_insecure_http: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints that answer over plain HTTP, such as a health probe.",
        "What they send and receive can be read and changed on the way.",
    )
    https_port: int = setting(
        443,
        checks.integer(1, 65_535),
        "The port that a redirect to HTTPS names.",
        "A port where nothing listens makes the site unreachable.",
    )
    hsts_max_age: int = setting(
        86_400,
        checks.integer(0, 63_072_000),
        "Seconds for which browsers use HTTPS only (HSTS). From a year on, redirects to HTTPS are permanent (308).",
        "It cannot be taken back before it has passed; `0` lets the first request of each visit be intercepted.",
    )
    hsts_subdomains: bool = setting(
        False,
        checks.boolean,
        "Apply HSTS to every subdomain too.",
        "A subdomain without HTTPS becomes unreachable.",
    )
    hsts_preload: bool = setting(
        False,
        checks.boolean,
        "Ask to be built into browsers as HTTPS only.",
        "It takes months to leave the list again.",
    )
