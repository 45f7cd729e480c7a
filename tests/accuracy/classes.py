"""The classes of the labelled cases, in the order of the table, and the rules that find each of them."""

from __future__ import annotations

RULES: dict[str, tuple[str, ...]] = {
    # injection
    "sql-injection": ("database.sql-injection",),
    "command-injection": ("inputs.command-injection",),
    "argument-injection": ("inputs.argument-injection",),
    "code-injection": ("inputs.code-injection",),
    "template-injection": ("inputs.template-injection",),
    "ldap-injection": ("inputs.ldap-injection",),
    "xpath-injection": ("inputs.xpath-injection",),
    "xslt-injection": ("inputs.xslt-injection",),
    "nosql-injection": ("inputs.nosql-injection",),
    "header-injection": ("inputs.header-injection",),
    "mail-header-injection": ("inputs.mail-header-injection",),
    "log-injection": ("monitoring.log-forging",),
    "format-string": ("inputs.format-string",),
    "regex-dos": ("inputs.regex-from-input", "inputs.regex-catastrophic"),
    "xml-entities": ("inputs.xml-entities",),
    "csv-formula": ("inputs.csv-formula",),
    # output and navigation
    "xss-reflected": ("inputs.reflected-xss", "inputs.unsafe-markup"),
    "xss-stored": ("inputs.stored-xss", "inputs.template-xss", "inputs.unsafe-markup"),
    "xss-template": ("inputs.template-xss", "inputs.reflected-xss", "inputs.stored-xss", "inputs.unsafe-markup"),
    "open-redirect": ("access.open-redirect",),
    "ssrf": ("inputs.ssrf",),
    "path-traversal-read": ("inputs.path-traversal",),
    "path-traversal-write": ("inputs.path-traversal-write",),
    "archive-extraction": ("inputs.archive-extraction",),
    "upload-name": ("inputs.upload-name", "inputs.path-traversal-write"),
    "unsafe-file-type": ("inputs.upload-type",),
    "content-type-confusion": (
        "headers.content-type-confusion",
        "inputs.reflected-xss",
        "inputs.stored-xss",
        "inputs.unsafe-markup",
    ),
    # objects
    "unsafe-deserialisation": ("inputs.unsafe-deserialisation",),
    "yaml-load": ("inputs.yaml-load",),
    "model-loading": ("inputs.model-loading",),
    "mass-assignment": ("inputs.mass-assignment-in-code",),
    "trust-boundary": ("access.trust-boundary",),
    # cryptography and secrets
    "weak-password-hash": ("passwords.weak-hash",),
    "weak-hash": ("access.weak-signature-hash",),
    "weak-randomness": ("access.weak-randomness",),
    "weak-cipher": ("database.weak-cipher", "database.static-nonce", "database.short-key"),
    "hard-coded-secret": ("access.hard-coded-secret", "access.secret-key-in-code"),
    "timing-comparison": ("access.timing-comparison",),
    "jwt-misuse": ("access.jwt-unverified", "access.jwt-weak-key", "access.jwt-algorithms-in-code"),
    "tls-verification": ("transport.tls-verification-off",),
    "old-protocols": ("transport.old-protocol", "transport.plaintext-protocol"),
    "ssh-host-keys": ("transport.ssh-host-keys",),
    # Flask
    "cookie-flags": ("headers.cookie-flags-in-code",),
    "cors-reflection": ("headers.cors-in-code",),
    "debug-mode": ("assessment.debug-in-code",),
    "exception-text": ("assessment.exception-text",),
    "assert-authorization": ("access.assert-authorization",),
    "user-enumeration": ("access.user-enumeration",),
    "inline-upload": ("inputs.inline-upload",),
    "client-ip-header": ("access.client-ip-from-header",),
    "temp-permissions": ("assessment.temp-names", "assessment.file-permissions"),
    "csrf-exemption": ("inputs.csrf-exempt-in-code",),
    # missing controls
    "missing-access-rule": ("access.missing-access-rule",),
    "decorator-order": ("access.decorator-order",),
    "missing-owner-check": ("access.missing-owner-check",),
    "login-without-limit": ("access.login-without-limit",),
    "state-change-on-get": ("inputs.state-change-on-get",),
    "missing-validation": ("inputs.missing-validation",),
}


def unknown_rules() -> list[str]:
    """Return the rules above that do not exist: nothing of theirs can be found."""
    from flask_garrison.audit.catalogue import all_checks

    return sorted({rule for rules in RULES.values() for rule in rules} - set(all_checks()))
