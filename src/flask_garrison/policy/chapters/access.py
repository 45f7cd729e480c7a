"""Settings of the chapter ``access``: sessions, and limits on failed logins and on requests."""

from __future__ import annotations

from .. import checks, rate_checks
from ..setting import setting, settings

ACCOUNT_FIELDS = ("username", "email", "login", "user", "account", "identifier", "user_name", "userid", "phone")
HOUR = 3_600


@settings(frozen=True, kw_only=True)
class AccessSettings:
    """Who comes back, and how often."""

    login_endpoints: tuple[str, ...] = setting(
        (),
        checks.names,
        "Endpoints that start a session. With `csrf_token_always` a token is required there even without cookies.",
        "An endpoint left out can be used to log a visitor into an attacker's account (login CSRF).",
    )
    session_cookie: str = setting(
        "migrate",
        checks.one_of("off", "read_new", "migrate", "new"),
        "The hardened session cookie (`__Host-` over HTTPS, SHA-256). `read_new` reads both and writes the old, "
        "`migrate` reads the old once and writes the new, `new` knows only the new.",
        "`new` before every visitor has migrated logs the rest out; `off` keeps a SHA-1 signature and a name that a "
        "sibling host can overwrite.",
    )
    account_fields: tuple[str, ...] = setting(
        ACCOUNT_FIELDS,
        checks.names,
        "Fields of a login form or JSON body that name the account; each that is present counts.",
        "Where none matches, failed logins are limited by client only.",
    )
    failed_logins_per_account: str = setting(
        "10 per 15 minutes",
        rate_checks.rate,
        "Failed logins, tokens and codes for one account from one client before the next attempt is refused.",
        "A higher number lets passwords be guessed faster.",
    )
    failed_logins_per_account_anywhere: str = setting(
        "100 per hour",
        rate_checks.rate,
        "Failed logins for one account from all clients together before the next attempt is refused.",
        "A higher number lets many clients guess together; a lower one lets them lock the owner out.",
    )
    failed_logins_per_client: str = setting(
        "50 per 15 minutes",
        rate_checks.rate,
        "Failed logins, tokens and codes of one client (IPv6: of one /64) for whatever account.",
        "A higher number lets one client try more accounts; a lower one hits offices behind one address.",
    )
    rate_limit: tuple[str, ...] = setting(
        (),
        rate_checks.rates,
        "Limits on requests of every view but static files, such as `'100 per minute'` or `'10/second; 1000/hour'`.",
        "A low number refuses honest visitors.",
    )
    rate_limit_by: str = setting(
        "client",
        checks.one_of("client", "account", "route"),
        "Whom `rate_limit` counts: the client, the account (else the client), or all requests to a route together.",
        "`route` lets one client use up the limit of all.",
    )
    limit_storage: str = setting(
        "memory://",
        rate_checks.storage,
        "Where limits are counted: `memory://` (each process for itself), `redis://`, `rediss://`, `valkey://`.",
        "In memory, each worker process allows the whole number.",
    )
    limit_storage_failure: str = setting(
        "memory",
        checks.one_of("memory", "refuse", "allow_insecure"),
        "When the storage cannot be reached: count in memory, refuse what is limited (503), or let it pass.",
        "`allow_insecure` lets whoever can stop the storage guess without limit.",
    )
    max_limit_keys: int = setting(
        50_000,
        checks.integer(100, 10_000_000),
        "The most clients and accounts that are counted in memory.",
        "A flood of addresses can fill memory up to this number.",
    )
    sessions: bool = setting(
        True,
        checks.boolean,
        "Whether the application has sessions, and so needs a `SECRET_KEY`.",
        "When off, a session that is used after all cannot be signed.",
    )
    session_idle_seconds: int = setting(
        12 * HOUR,
        checks.integer(60, 366 * 24 * HOUR),
        "Seconds without a request after which a session ends.",
        "A longer time lets a forgotten or copied session be used.",
    )
    session_absolute_seconds: int = setting(
        7 * 24 * HOUR,
        checks.integer(60, 366 * 24 * HOUR),
        "Seconds after its beginning at which a session ends, however busy it is.",
        "A longer time lets a copied session be kept alive.",
    )
