"""Secret keys that everybody can read: of documentation, tutorials and the defaults of published applications.

They are no secrets, and whoever attacks an application tries them first (``flask-unsign`` carries such a list). Keys
that consist of telltale words alone, such as ``"super secret key"``, need no entry: :mod:`.secret_strength` knows the
words.
"""

from __future__ import annotations

from collections.abc import Iterator

_FLASK = "the documentation of Flask"
_SUPERSET = "Apache Superset (CVE-2023-27524)"

KNOWN: tuple[tuple[str, str], ...] = (
    ('_5#y2L"F4Q8z\n\xec]/', _FLASK),
    ("A0Zr98j/3yX R~XHH!jmN]LWX/,?RT", _FLASK),
    ("192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", _FLASK),
    ("\2\1thisismyscretkey\1\2\\e\\y\\y\\h", _SUPERSET),
    (r"\2\1thisismyscretkey\1\2\e\y\y\h", _SUPERSET),
    ("CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", _SUPERSET),
    ("thisISaSECRET_1234", _SUPERSET),
    ("YOUR_OWN_RANDOM_GENERATED_SECRET_KEY", _SUPERSET),
    ("TEST_NON_DEV_SECRET", _SUPERSET),
    ("temporary_key", "Apache Airflow"),
    ("c292a0a3aa32397cdb050e233733900f", "Redash (CVE-2021-41192)"),
    ("pf9Wkove4IKEAXvy-cQkeDPhv9Cb3Ag-wyJILbq_dFw", "the documentation of Flask-Security"),
    ("you-will-never-guess", "a widely read Flask tutorial"),
    ("hard to guess string", "a widely read Flask tutorial"),
    ("5791628bb0b13ce0c676dfde280ba245", "a widely read Flask tutorial"),
    ("df0331cefc6c2b9a5d0208a726a5d1c0fd37324feba25506", "a widely read Flask tutorial"),
    ("7d441f27d441f27567d441f2b6176a", "a widely read Flask tutorial"),
    ("9OLWxND4o83j4K4iuopO", "a widely read Flask tutorial"),
)


def _as_bytes() -> Iterator[tuple[bytes, str]]:
    for key, source in KNOWN:
        # The same example was written as text and as bytes.
        yield key.encode(), source
        yield key.encode("latin-1"), source


SOURCES: dict[bytes, str] = dict(_as_bytes())
"""Each known key, as bytes, with where it stands."""
