"""Names and titles of sides and workloads, in the order of the tables; Flask need not be installed to read them."""

from __future__ import annotations

SIDE_TITLES = {
    "bare": "bare Flask",
    "talisman": "Flask-Talisman",
    "wtf": "Flask-WTF (CSRFProtect)",
    "limiter": "Flask-Limiter (memory)",
    "login": "Flask-Login",
    "four": "these four together",
    "secure": "secure",
    "garrison": "Flask-Garrison",
}
WORKLOAD_TITLES = {
    "page": "page",
    "json": "JSON",
    "sqlite": "SQLite page",
    "form": "form, 15 fields",
    "post_json": "POST JSON, 2 kB",
    "account": "logged in",
    "static": "static file",
}
