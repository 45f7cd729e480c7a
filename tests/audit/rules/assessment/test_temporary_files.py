"""Names that others can foresee, and files that everybody may change."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

TEMP_NAMES: dict[str, list[str]] = {
    "mktemp() gives a name before anybody owns the file": [
        """
    from flask import Flask
    import tempfile

    app = Flask(__name__)

    @app.get("/")
    def v():
        p = tempfile.mktemp()  # found
        return p
    """,
    ],
    "open() writes to a file in tmp whose name others can foresee": [
        """
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        with open("/tmp/report.csv", "w") as f:  # found
            f.write("x")
        return ""
    """,
    ],
}
NO_TEMP_NAMES: list[str] = [
    """
    from flask import Flask
    import tempfile

    app = Flask(__name__)

    @app.get("/")
    def v():
        with tempfile.NamedTemporaryFile() as f:
            f.write(b"x")
        return ""
    """,
    """
    from flask import Flask
    import uuid

    app = Flask(__name__)

    @app.get("/")
    def v():
        with open(f"/tmp/{uuid.uuid4()}.csv", "w") as f:
            f.write("x")
        return ""
    """,
    """
    import os
    from flask import Flask
    import tempfile

    app = Flask(__name__)

    @app.get("/")
    def v():
        d = tempfile.mkdtemp()
        with open(os.path.join(d, "x"), "w") as f:
            f.write("x")
        return ""
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in TEMP_NAMES.items() for code in codes])
def test_temp_names_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "assessment.temp-names") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_TEMP_NAMES)
def test_what_only_looks_like_temp_names_is_no_finding(code: str) -> None:
    assert findings_in(code, "assessment.temp-names") == []


FILE_PERMISSIONS: dict[str, list[str]] = {
    "chmod() lets everybody on the machine write there (0o777)": [
        """
    import os
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        os.chmod("/srv/x", 0o777)  # found
        return ""
    """,
    ],
    "chmod() lets everybody on the machine write there (0o666)": [
        """
    from flask import Flask
    from pathlib import Path

    app = Flask(__name__)

    @app.get("/")
    def v():
        Path("/srv/x").chmod(0o666)  # found
        return ""
    """,
    ],
    "umask() has every new file writable for everybody": [
        """
    import os
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        os.umask(0)  # found
        return ""
    """,
    ],
}
NO_FILE_PERMISSIONS: list[str] = [
    """
    import os
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        os.chmod("/srv/x", 0o640)
        os.umask(0o027)
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in FILE_PERMISSIONS.items() for code in codes]
)
def test_file_permissions_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "assessment.file-permissions") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_FILE_PERMISSIONS)
def test_what_only_looks_like_file_permissions_is_no_finding(code: str) -> None:
    assert findings_in(code, "assessment.file-permissions") == []
