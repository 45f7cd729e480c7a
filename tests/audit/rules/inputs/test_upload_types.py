"""Uploads of any type, and what is served of them."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

UPLOAD_TYPE: dict[str, list[str]] = {
    "save() keeps the ending that the client gave the upload": [
        """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        f.save(os.path.join(BASE, secure_filename(f.filename)))  # found
        return ""
    """,
        """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        if f.content_type.startswith("image/"):
            f.save(os.path.join(BASE, secure_filename(f.filename)))  # found
        return ""
    """,
        """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        if ".jpg" in f.filename:
            f.save(os.path.join(BASE, secure_filename(f.filename)))  # found
        return ""
    """,
        """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        name = secure_filename(f.filename)
        if name.split(".")[1] in ("jpg", "png"):
            f.save(os.path.join(BASE, name))  # found
        return ""
    """,
        """
    import os
    from flask import Flask, abort, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        name = secure_filename(f.filename)
        if name.endswith((".php", ".exe")):
            abort(400)
        f.save(os.path.join(BASE, name))  # found
        return ""
    """,
    ],
}
NO_UPLOAD_TYPE: list[str] = [
    """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    ALLOWED = {"png", "jpg"}

    def ok(n):
        return "." in n and n.rsplit(".", 1)[1].lower() in ALLOWED

    @app.post("/")
    def v():
        f = request.files.get("f")
        if f and ok(f.filename):
            name = secure_filename(f.filename)
            f.save(os.path.join(app.config["UP"], name))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        name = secure_filename(f.filename)
        _, ext = os.path.splitext(name)
        if ext.lower() not in [".jpg", ".png"]:
            abort(400)
        f.save(os.path.join(BASE, name))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        name = secure_filename(f.filename)
        if not name.lower().endswith((".jpg", ".png")):
            abort(400)
        f.save(os.path.join(BASE, name))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    from pathlib import Path
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        if Path(f.filename).suffix.lower() not in {".pdf"}:
            abort(400)
        f.save(os.path.join(BASE, secure_filename(f.filename)))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        if f.filename.split(".")[-1].lower() not in {"pdf"}:
            abort(400)
        f.save(os.path.join(BASE, secure_filename(f.filename)))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        if f.filename.rpartition(".")[2].lower() not in {"pdf"}:
            abort(400)
        f.save(os.path.join(BASE, secure_filename(f.filename)))
        return ""
    """,
    """
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        request.files["f"].save(BASE + "/logo.png")
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    import uuid

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        kinds = {"image/png": ".png", "image/jpeg": ".jpg"}
        ext = kinds.get(f.mimetype)
        if ext is None:
            abort(415)
        f.save(os.path.join(BASE, uuid.uuid4().hex + ext))
        return ""
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in UPLOAD_TYPE.items() for code in codes])
def test_upload_type_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.upload-type") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_UPLOAD_TYPE)
def test_what_only_looks_like_upload_type_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.upload-type") == []


INLINE_UPLOAD: dict[str, list[str]] = {
    "send_from_directory() shows what users uploaded as part of the site": [
        """
    import os
    from flask import Flask, request, send_from_directory
    from werkzeug.utils import secure_filename

    app = Flask(__name__)

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(os.path.join(app.config["UP"], secure_filename(f.filename)))
        return ""

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory(app.config["UP"], name)  # found
    """,
        """
    import os
    from flask import Flask, request, send_from_directory
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    UP = "/srv/inbox"

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory(UP, name)  # found

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(os.path.join(UP, secure_filename(f.filename)))
        return ""
    """,
    ],
    "send_file() shows what users uploaded as part of the site": [
        """
    from flask import Flask, request, send_file
    from pathlib import Path
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    UP = Path("/srv/inbox")

    @app.get("/f/<name>")
    def v(name):
        return send_file(UP / secure_filename(name))  # found

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(UP / secure_filename(f.filename))
        return ""
    """,
    ],
}
NO_INLINE_UPLOAD: list[str] = [
    """
    import os
    from flask import Flask, request, send_from_directory
    from werkzeug.utils import secure_filename

    app = Flask(__name__)

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(os.path.join(app.config["UP"], secure_filename(f.filename)))
        return ""

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory(app.config["UP"], name, as_attachment=True)
    """,
    """
    import os
    from flask import Flask, request, send_from_directory
    from werkzeug.utils import secure_filename

    app = Flask(__name__)

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(os.path.join(app.config["UP"], secure_filename(f.filename)))
        return ""

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory("/srv/static", name)
    """,
    """
    import os
    from flask import Flask, request, send_from_directory
    from werkzeug.utils import secure_filename

    app = Flask(__name__)

    @app.post("/up")
    def up():
        f = request.files["f"]
        f.save(os.path.join(app.config["UP"], secure_filename(f.filename)))
        return ""

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory(app.config["UP"], name, mimetype="application/octet-stream")
    """,
    """
    import os
    from flask import Flask, abort, request, send_from_directory

    app = Flask(__name__)
    ALLOWED = {"png", "jpg"}

    @app.post("/up")
    def up():
        f = request.files["f"]
        ext = f.filename.rsplit(".", 1)[-1].lower()
        if ext not in ALLOWED:
            abort(400)
        f.save(os.path.join("/srv/pics", "x." + ext))
        return ""

    @app.get("/f/<name>")
    def v(name):
        return send_from_directory("/srv/pics", name)
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in INLINE_UPLOAD.items() for code in codes])
def test_inline_upload_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.inline-upload") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_INLINE_UPLOAD)
def test_what_only_looks_like_inline_upload_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.inline-upload") == []
