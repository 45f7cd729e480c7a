"""Keys, tokens and passwords that are written into the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Comparison, Named, Sighting
from ...code.literals import HIDDEN, hidden_match, literal, second_argument, text_of_literal
from ...code.secret_texts import IN_ADDRESS, is_secret_text, names_hard_coded, password_in_address, shaped, shapes_in
from ...code.startup import at_command_line
from ...rule import Match, Rule, checks

HARD_CODED = Rule(
    id="access.hard-coded-secret",
    kind="code",
    control="access.secrets-in-code",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(798, 259, 321),
    asvs=("V13.3.1",),
    title="A secret stands in the code",
    why="Everybody who sees the code has it: all who ever had the repository, an image or a backup of it. It cannot be "
    "changed without a release, and the old one stays in the history.",
    fix="Make a new one, since this one is in the history, and read it from the environment or from a secrets store.",
    before='API_TOKEN = "mp_live_9fK2sQ7dXv41LhTz8bRwYc3N"',
    after='API_TOKEN = os.environ["MAPS_API_TOKEN"]',
    guard="Nothing: a secret that is in the code works like any other.",
    language="python",
    lesson="access-weak-secret",
)
# --- under a name --------------------------------------------------------------------------------------------------


@checks(HARD_CODED, reads="named")
def named(sighting: Named) -> Iterator[Match]:
    """``API_TOKEN = "..."``, ``connect(password="...")``, ``{"api_key": "..."}``."""
    if sighting.source.is_template:
        return
    yield from _in_file(sighting)
    name = sighting.name
    constant = literal(sighting.node)
    if constant is None or name == "SECRET_KEY":
        return
    text = text_of_literal(constant)
    if shaped(text):
        return
    if password_in_address(text):
        yield hidden_match(sighting, constant, name, f"{name} is an address with a password in it")
    elif name.lower() in _HEADERS:
        token = text.partition(" ")[2] or text
        if is_secret_text("token", token):
            yield hidden_match(sighting, constant, name, f"the header {name} is given a constant token")
    elif names_hard_coded(name) and is_secret_text(name, text):
        # What is tried at the command line is seldom what is in force.
        light = Severity.LOW if at_command_line(sighting) else None
        yield hidden_match(sighting, constant, name, f"{name} is written into the code", severity=light)


_HEADERS: Final = frozenset({"authorization", "x-api-key", "x-auth-token", "private-token", "x-access-token"})


def _in_file(sighting: Sighting) -> Iterator[Match]:
    """Yield what has the shape of a provider's token, once for each file."""
    source = sighting.source
    done: set[str] = sighting.machine.notes.setdefault("files read for tokens", set())
    if source.shown in done:
        return
    done.add(source.shown)
    try:
        text = source.path.read_text("utf-8", errors="replace")
    except OSError:
        return
    for line, words in shapes_in(text):
        if words == IN_ADDRESS and line in _lines_of_words(source.tree):
            continue
        node = ast.Constant(HIDDEN, lineno=line, col_offset=0)
        yield hidden_match(sighting, node, words, f"{words} stands in the code", confidence=Confidence.HIGH)
    if _UNSEEN.search(text):
        yield from _in_tree(sighting)


def _lines_of_words(tree: ast.Module) -> set[int]:
    """Return the lines of texts that stand by themselves: docstrings, in which addresses are examples."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


_UNSEEN: Final = re.compile(r"\bauth\s*=\s*\(|\bor\s+b?['\"]")
"""Where a constant is none that the interpreter tells of by its name: one of two values, or one of a pair."""


def _in_tree(sighting: Sighting) -> Iterator[Match]:
    """Find ``TOKEN = os.environ.get("TOKEN") or "..."``, and ``get(address, auth=("robot", "..."))``."""
    for node in ast.walk(sighting.source.tree):
        name, value = _given_name(node)
        if isinstance(value, ast.BoolOp):
            constant = literal(value)
            if constant is None or name == "SECRET_KEY":
                continue
            for one in (_name_of(value.values[0]), name):
                if names_hard_coded(one) and is_secret_text(one, text_of_literal(constant)):
                    yield hidden_match(sighting, constant, one, f"{one} has a fallback that is written into the code")
                    break
        elif name == "auth" and isinstance(value, ast.Tuple) and len(value.elts) == 2:
            constant = literal(value.elts[1])
            if constant is not None and is_secret_text("password", text_of_literal(constant)):
                yield hidden_match(sighting, constant, name, "the password of a request is written into the code")


_SENDS: Final = tuple(f"{one}.{verb}" for one in ("requests", "httpx") for verb in ("get", "post", "put", "request"))


@checks(HARD_CODED, reads="call", of=("flask.Flask", *_SENDS))
def reached(call: Call) -> Iterator[Match]:
    """Look into the file where it makes an application or sends requests, too."""
    yield from _in_file(call)


def _given_name(node: ast.AST) -> tuple[str, ast.expr | None]:
    """Return the name that something is given, and what it is given."""
    if isinstance(node, ast.keyword):
        return node.arg or "", node.value
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return _name_of(node.targets[0]), node.value
    if isinstance(node, ast.AnnAssign):
        return _name_of(node.target), node.value
    return "", None


def _name_of(node: ast.expr) -> str:
    """Return the last name of an expression: of a variable, an attribute, a key, or what is asked for by a key."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _key_of(node.slice)
    if isinstance(node, ast.Call) and node.args and _name_of(node.func) in ("get", "getenv"):
        return _key_of(node.args[0])
    return ""


def _key_of(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@checks(HARD_CODED, reads="comparison")
def compared(comparison: Comparison) -> Iterator[Match]:
    """``request.form["password"] == "..."``."""
    node = comparison.node
    if isinstance(comparison.sign, (ast.Eq, ast.NotEq)) and isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _beside(comparison, node.left, node.comparators[0])


@checks(HARD_CODED, reads="call", of=("hmac.compare_digest", "secrets.compare_digest"))
def compared_in_constant_time(call: Call) -> Iterator[Match]:
    """``hmac.compare_digest(given, "...")``."""
    if isinstance(call.node, ast.Call) and len(call.node.args) == 2:
        yield from _beside(call, *call.node.args)


def _beside(sighting: Sighting, first: ast.expr, second: ast.expr) -> Iterator[Match]:
    for constant, other in ((literal(first), second), (literal(second), first)):
        name = _name_of(other) if constant is not None else ""
        if constant is not None and names_hard_coded(name) and is_secret_text(name, text_of_literal(constant)):
            yield hidden_match(
                sighting, constant, name, f"{name} is compared with a constant that is written into the code"
            )


_GETTERS: Final = (
    "os.getenv",
    "os.environ.get",
    "os.environ.setdefault",
    "decouple.config",
    "environs.Env().str",
    "environs.Env()",
    "?.setdefault",
)


@checks(HARD_CODED, reads="call", of=_GETTERS)
def fallback(call: Call) -> Iterator[Match]:
    """``os.getenv("API_TOKEN", "...")``: what is in force where nobody set it."""
    yield from _in_file(call)
    name, default = call.arg(0, "key"), call.arg(1, "default")
    if name is None or default is None or not name.known or not isinstance(name.constant, str):
        return
    given = second_argument(call.node)
    constant = literal(given)
    if constant is None or name.constant.endswith("SECRET_KEY"):
        return
    text = text_of_literal(constant)
    if (names_hard_coded(name.constant) and is_secret_text(name.constant, text)) or password_in_address(text):
        yield hidden_match(
            call, constant, name.constant, f"{name.constant} has a fallback that is written into the code"
        )


_LOGINS: Final = {
    "smtplib.SMTP().login": 1,
    "smtplib.SMTP_SSL().login": 1,
    "ftplib.FTP().login": 1,
    "imaplib.IMAP4_SSL().login": 1,
    "psycopg2.connect": None,
    "pymysql.connect": 2,
    "MySQLdb.connect": 2,
    "requests.auth.HTTPBasicAuth": 1,
    "twilio.rest.Client": 1,
    "jwt.encode": 1,
    "jwt.decode": 1,
    "hmac.new": 0,
    "itsdangerous.URLSafeTimedSerializer": 0,
    "itsdangerous.URLSafeSerializer": 0,
    "itsdangerous.TimestampSigner": 0,
    "itsdangerous.Signer": 0,
    "cryptography.fernet.Fernet": 0,
}


@checks(HARD_CODED, reads="call", of=tuple(_LOGINS))
def argument(call: Call) -> Iterator[Match]:
    """``Fernet("...")``, ``smtp.login("user", "...")``: what an argument is, no name need say."""
    position = _LOGINS[call.path]
    node = call.node
    if position is None or not isinstance(node, ast.Call) or len(node.args) <= position:
        return
    constant = literal(node.args[position])
    if constant is not None and is_secret_text("password", text_of_literal(constant)):
        yield hidden_match(call, constant, call.path, f"{call.name}() is given a secret that is written into the code")
