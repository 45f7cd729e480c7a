"""The words by which libraries and projects name what the model of the views asks for."""

from __future__ import annotations

import re
from typing import Final

GUARD: Final = re.compile(
    r"(?i)login|logged|(?<!un)auth|permi|role|admin|(?<!csrf_)token|jwt|requires?_|_required|protect|owner|access|signed_?in|member|staff"
    r"|scope|restrict|api_?key|secur|privilege|acl\b|principal|principle|allowed_to|only\b|_only|rbac|rights|capabilit|ensure_user"
)
"""Names of decorators and calls that ask who is calling."""
NO_GUARD: Final = (
    *(
        "flask_cors",
        "flask_limiter",
        "flask_caching",
        "flask_wtf",
        "functools",
        "contextlib",
        "flask_restx",
        "flask_babel",
    ),
    *("flasgger", "flask_compress", "marshmallow", "webargs", "apispec", "flask.Flask", "click", "celery", "typing"),
)
"""Libraries whose decorators ask nobody, whatever their names."""
GUARDING: Final = (
    *(
        "flask_login",
        "flask_security",
        "flask_jwt_extended",
        "flask_httpauth",
        "flask_principal",
        "flask_praetorian",
        "flask_user",
    ),
    *(
        "flask_jwt",
        "flask_garrison",
        "authlib",
        "flask_allows",
        "flask_oidc",
        "flask_dance",
        "flask_appbuilder.security",
        "flask_simplelogin",
    ),
)
"""Libraries whose decorators do."""
OPEN: Final = re.compile(
    r"(?i)exempt|allow_anonymous|public|optional|anonymous_|no_login|skip_auth|login_not|logout_required|without_"
)
"""Names of decorators that let everybody in."""
USER: Final = re.compile(
    r"(?i)^(?:current_?)?(?:user|usr|account|identity|principal|member|customer|me|who|person|actor|viewer|caller|uid|tenant|employee|staff)"
    r"(?:_?(?:id|name|obj|pk))?$|^(?:user|account|logged_?in|signed_?in|is_admin|role|roles|groups|permissions)(?:_\w+)?$|^jwt|claims$"
)
"""Names of attributes of ``g`` and keys of a session that say who is calling."""
OF_PAGE: Final = re.compile(
    r"(?i)^_?(?:lang|language|locale|theme|csrf|flash|_flashes|next|captcha|tz|timezone|cart|basket|cookie|consent|referr?er|return|back|seen|visit"
    r"|state|nonce|oauth_state|code_verifier)"
)
"""Keys of a session that do not say who is calling."""
CALLER: Final = frozenset(
    {
        *(
            "current_user",
            "get_jwt_identity",
            "get_jwt",
            "get_jwt_claims",
            "current_identity",
            "verify_jwt_in_request",
            "get_current_user",
        ),
        *(
            "jwt_required",
            "is_authenticated",
            "remote_user",
            "REMOTE_USER",
            "authorization",
            "get_logged_in_user",
            "current_user_id",
            "get_user_id",
        ),
        *("current_account", "get_identity", "logged_in_user", "current_token"),
    }
)
"""Names that say who is calling wherever they stand."""
KEY_HEADERS: Final = re.compile(
    r"(?i)authorization|api[-_]?key|token|secret|signature|x-hub|x-goog|auth|hmac|remote[-_]user|client[-_]cert|x-forwarded-user"
)
PROVES: Final = re.compile(
    r"(?i)compare_digest|verify_(?:signature|token|hash|request|webhook|api_?key|jwt|access|csrf)|check_(?:signature|token|api_?key|access|auth\w*|permission\w*|rights?|role)"
    r"|validate_(?:token|signature|api_?key)|require_\w*(?:user|login|auth|admin|role|permission|access|owner|key|token)|require_login|authenticate_request"
    r"|has_(?:role|permission|access|right|perm)s?|is_(?:admin|authenticated|logged_in|owner|allowed|authorized|staff)|can_(?:access|edit|view|read|write|delete|manage|see)"
    r"|enforce_\w+|authorize\w*|raise_for_access|decode_token|jwt_decode|construct_event|ensure_(?:logged_in|admin|access|owner|permission)|user_can|assert_(?:can|owner|admin|access)"
    r"|protect|check_object_permission|login_required|permission_required"
)
"""Names of functions that find out whether somebody may."""
AUTHORISES: Final = re.compile(
    r"(?i)raise_for|ensure|check_|require|authori[sz]|enforce|assert_|(?:validate|verify)_\w*(?:access|perm|owner|right|acl)|deny_|protect|must_"
)
"""Names of functions of a project that let nobody through who may not."""
ROLES: Final = re.compile(
    r"(?i)admin|role|permi|staff|superuser|manager|moderator|privilege|rights|scope|librarian|editor|operator|superviso|owner|curator|office"
)
"""Names that ask for more than a login."""
PUBLIC: Final = frozenset(
    {
        *(
            "login",
            "logout",
            "signin",
            "signout",
            "signup",
            "logon",
            "register",
            "registration",
            "auth",
            "authenticate",
            "oauth",
            "saml",
            "sso",
            "callback",
            "acs",
        ),
        *(
            "forgot",
            "reset",
            "recover",
            "recovery",
            "verify",
            "confirm",
            "activate",
            "token",
            "tokens",
            "hook",
            "hooks",
            "webhook",
            "webhooks",
            "contact",
            "feedback",
        ),
        *(
            "subscribe",
            "unsubscribe",
            "newsletter",
            "graphql",
            "health",
            "healthz",
            "healthcheck",
            "heartbeat",
            "ready",
            "readyz",
            "alive",
            "live",
            "livez",
            "metrics",
        ),
        *(
            "locale",
            "lang",
            "language",
            "theme",
            "cookie",
            "cookies",
            "consent",
            "static",
            "csp",
            "ping",
            "setup",
            "install",
            "public",
            "rpc",
            "beacon",
            "robots",
            "csrf",
        ),
        *(
            "favicon",
            "sitemap",
            "manifest",
            "sw",
            "opensearch",
            "swagger",
            "openapi",
            "docs",
            "apidocs",
            "version",
            "about",
            "imprint",
            "privacy",
            "terms",
            "faq",
            "help",
        ),
        *(
            "feed",
            "rss",
            "atom",
            "error",
            "welcome",
            "index",
            "home",
            "landing",
            "captcha",
            "invite",
            "invitation",
            "guest",
            "anonymous",
            "share",
            "shared",
            "dav",
            "jwks",
        ),
        *(
            "refresh",
            "session",
            "checkout",
            "payment",
            "stripe",
            "paypal",
            "password",
            "report",
            "root",
            "main",
            "status",
            "config",
            "assets",
            "media",
            "images",
            "wellknown",
        ),
        *(
            "search",
            "track",
            "ipn",
            "notify",
            "challenge",
            "i18n",
            "translations",
            "debug",
            "echo",
            "hello",
            "test",
            "info",
            "redirect",
            "enter",
            "join",
            "apply",
            "comment",
        ),
    }
)
"""Words of addresses and names at which strangers are meant to call."""
WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
LOGIN: Final = re.compile(
    r"(?i)(?:^|[^a-z])(?:log[-_]?in|sign[-_]?in|authenticate|authentication|session|sessions|token|auth|logon|do_login|api_login|enter)(?:$|[^a-z])"
)
LOGIN_NAME: Final = re.compile(r"(?i)log_?in|sign_?in|authenticate|logon")
NO_LOGIN: Final = re.compile(
    r"(?i)log_?out|sign_?out|callback|oauth|saml|google|github|facebook|azure|okta|regist|sign_?up|change|reset|delete|profile|settings|update"
)
VERIFIES: Final = frozenset(
    {
        *(
            "check_password_hash",
            "check_password",
            "verify_password",
            "checkpw",
            "verify_and_update",
            "check_and_update",
            "authenticate",
            "verify_hash",
        ),
        *(
            "password_matches",
            "validate_password",
            "verify_and_update_password",
            "correct_password",
            "is_correct_password",
            "test_password",
            "simple_bind_s",
            "check_pw",
            "verify_pw",
        ),
    }
)
"""Names of functions that verify a password."""
VERIFIERS: Final = (
    "argon2.PasswordHasher().verify",
    "passlib.",
    "pwdlib.",
    "argon2.",
    "crypt_context.",
    "flask_bcrypt.",
    "bcrypt.",
)
SIGNS_IN: Final = frozenset(
    {
        *(
            "login_user",
            "create_access_token",
            "create_refresh_token",
            "encode_token",
            "generate_auth_token",
            "set_access_cookies",
            "generate_token",
            "create_token",
            "issue_token",
        ),
        *(
            "make_token",
            "new_session",
            "create_session",
            "start_session",
            "get_auth_token",
            "encode_jwt",
            "encode_jwt_token",
            "get_token",
            "remember_user",
        ),
    }
)
COUNTS: Final = re.compile(
    r"(?i)rate_?limit|limiter|throttl|too_?many|brute|lock_?(?:out|ed)|is_locked|locked|cool_?down|captcha|fail(?:ed|ures?|s)?(?:_|$)|attempts?|tries|strikes|blocked|backoff|banned|bucket|quota|recent_fail"
)
"""Names of what counts attempts."""
VALIDATES: Final = frozenset(
    {
        *(
            "load",
            "loads",
            "model_validate",
            "model_validate_json",
            "parse_obj",
            "parse_raw",
            "validate_python",
            "validate_json",
            "deserialize",
            "parse_args",
            "validate_body",
        ),
        *("check_schema", "from_json_validated", "validated_data", "structure"),
    }
)
"""Methods that return what a schema let through, or raise."""
SCHEMAS: Final = re.compile(r"(?i)schema|valid|parser|model|args|form|adapter|converter|dto|serializer|spec")
VALIDATING_DECORATOR: Final = re.compile(
    r"(?i)valid|schema|use_args|use_kwargs|arguments|expects?_|expect$|accepts?|body\b|takes|parse|require_json|json_required|input\b"
)
LOG_LIKE: Final = re.compile(
    r"(?i)(?<!b)log(?!in|out|o)|audit|visit|view(?:s|ed|er)?\b|hits?\b|history|event|session|token|cache|last_|_at$|count|seen|accessed|access|opened|read\b|is_read|stat|metric|track|recent|heartbeat"
    r"|nonce|attempt|activity|otp|download|pending|expire|cleanup|refresh|sync|usage|notification|locale|lang|state\b"
)
"""What is written while reading goes on, and harms nobody: logs, counters, caches."""
VERBS: Final = re.compile(
    r"(?i)(?:^|[^a-z])(?:delete|remove|destroy|purge|wipe|erase|unfollow|follow|upvote|downvote|vote|like|unlike|approve|accept|reject|refuse|decline|ban|unban|promote|demote|revoke|disable"
    r"|enable|toggle|cancel|add|create|make|set|update|change|edit|save|buy|order|book|transfer|pay|send|publish|archive|restore|activate|deactivate|assign|join|leave|mark|close|reopen|kick|clear|reset|choose|switch|move|rename|pause|resume|start|stop|grant|lock|unlock)(?:$|[^a-z])"
)
"""Words of addresses and names that say that something changes."""
OWNER: Final = re.compile(
    r"(?i)user|owner|author|account|customer|member|creator|created_by|person|tenant|company|organi[sz]ation|household|patient|student|employee|player|seller|buyer|client|listener|keeper|worker"
)
PEOPLE: Final = re.compile(r"(?i)^(?:user|account|member|person|profile|people|users|accounts|members|profiles)s?$")
CAPABILITY: Final = re.compile(r"(?i)token|code|secret|signature|\bsig\b|hash|key|uuid|nonce|slug_secret|invite|share")
"""Names of path arguments that are a secret by themselves."""
