"""What an answer shows of the inside: tracebacks, paths, exceptions, secrets, a debugger."""

from __future__ import annotations

import builtins
import functools
import html
import os
import re
from collections.abc import Iterator

from flask import Flask

from ...guard.error_pages.clues import Clue
from ...guard.error_pages.secret_values import SecretValues
from ...target.answers import PROVOKED_PATH, PROVOKED_SECRET, Answer

SHORTEST = 8
"""Characters below which the words of an exception are too common to prove anything."""
_LONGEST = 64
_TRACEBACK = re.compile(r'Traceback \(most recent call last\)|File "[^"\n]{1,500}", line \d+')
_LIBRARY = re.compile(r"[\\/](?:site|dist)-packages[\\/]")
_CONSOLE = re.compile(r"EVALEX\s*=\s*true")
_NAMED = re.compile(
    r"\b(?:sqlalchemy\.(?:orm\.)?exc|sqlite3|psycopg2?(?:\.errors)?|pymysql(?:\.err)?|MySQLdb|pymongo\.errors|redis\."
    r"exceptions|jinja2\.exceptions|requests\.exceptions|botocore\.exceptions|ldap3?)\.[A-Z]\w+"
)
_ERRORS = (name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception))
# "Warning:" and "Exception" are words of honest pages too.
_OWN_ERRORS = "|".join(name for name in _ERRORS if name.endswith("Error"))
_BUILTIN = re.compile(rf"\b(?:{_OWN_ERRORS})\b(?=\s*[:(\"'<])")
_FOLDERS = ("PWD", "OLDPWD")
"""Variables of the shell that are no passwords."""
_CLASS_WORDS = ("Error", "exc.", "errors.", "exceptions.")
_TAG = re.compile(r"<[^<>]{0,500}>")


# Few: a body may have a quarter of a megabyte, and the rules come one after the other.
@functools.lru_cache(maxsize=64)
def forms_of(body: bytes) -> tuple[str, ...]:
    """Return a body as it is and as people read it: without HTML's escapes and JSON's, and without tags."""
    text = body.decode("utf-8", "replace")
    forms = {text, html.unescape(text), text.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/")}
    return tuple(forms | {html.unescape(_TAG.sub("", form)) for form in forms if "<" in form})


def shows_traceback(answer: Answer) -> bool:
    """Return whether it shows lines of a traceback."""
    # "in" is many times faster than an expression, and pages without these words are the rule.
    forms = [form for form in forms_of(answer.body) if "Traceback" in form or 'File "' in form]
    return any(_TRACEBACK.search(form) for form in forms)


def shows_debugger(answer: Answer) -> bool:
    """Return whether it is a page of Werkzeug's debugger."""
    return answer.status >= 400 and any("__debugger__" in form or "EVALEX" in form for form in forms_of(answer.body))


def has_console(answer: Answer) -> bool:
    """Return whether that page runs what is typed into it."""
    return any(_CONSOLE.search(form) for form in forms_of(answer.body))


def shows_path(app: Flask, answer: Answer) -> bool:
    """Return whether it shows where files of the application, of a library or of the server lie."""
    roots = [path.rstrip("/\\") for path in (app.root_path, app.instance_path)]
    # A short root such as /app may as well be an address of the site.
    known = [path for path in roots if len(re.split(r"[\\/]", path)) > 3]
    asked = answer.url
    for form in forms_of(answer.body):
        if PROVOKED_PATH in form or ("-packages" in form and _LIBRARY.search(form)):
            return True
        if any(path in form and path not in asked for path in known):
            return True
    return False


def shows_exception(answer: Answer) -> bool:
    """Return whether a failure shows the words of the exception, or names its class."""
    if answer.status < 400:
        return False
    words = [PROVOKED_SECRET, *_words_of(answer.raised)]
    if any(text in form for text in words for form in forms_of(answer.body)):
        return True
    return answer.status >= 500 and any(_names_class(form) for form in forms_of(answer.body))


def _names_class(form: str) -> bool:
    worth = any(word in form for word in _CLASS_WORDS)
    return worth and (_NAMED.search(form) is not None or _BUILTIN.search(form) is not None)


def _words_of(raised: str) -> Iterator[str]:
    message = raised.partition(":")[2].strip()[:_LONGEST]
    if len(message) >= SHORTEST:
        yield message


def _is_path(clue: Clue) -> bool:
    """Return whether a setting names a file or folder: the secret is inside, a path on a page is another finding."""
    return clue.setting in _FOLDERS or (clue.text.startswith(os.sep) and os.path.lexists(clue.text))


def secrets_in(secrets: SecretValues, answer: Answer) -> frozenset[str]:
    """Return the names of the settings whose values an answer shows, in its body or in a header."""
    texts = [*forms_of(answer.body), *(value for _, value in answer.headers)]
    asked = " ".join((answer.url, *(value for _, value in answer.sent)))
    clues = [clue for clue in secrets.clues() if clue.text not in asked and not _is_path(clue)]
    return frozenset(clue.setting for clue in clues if any(clue.text in text for text in texts))
