"""Files that a client chose: to read, to write, out of an archive, as an upload."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

PATH_TRAVERSAL: dict[str, list[str]] = {
    "open() reads a file that a client chose": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        return open(os.path.join(BASE, request.args["f"])).read()  # found
    """,
        """
    import os
    from flask import Flask, abort, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        f = request.args["f"]
        if ".." in f:
            abort(400)
        return open(os.path.join(BASE, f)).read()  # found
    """,
        """
    import os
    from flask import Flask, abort, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        p = os.path.abspath(os.path.join(BASE, request.args["f"]))
        if not p.startswith(BASE):
            abort(400)
        return open(p).read()  # found
    """,
        """
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        with open(f"/srv/x/{request.args['a']}.txt") as fh:  # found
            return fh.read()
    """,
        """
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)

    @app.get("/")
    def v():
        secure_filename(request.args["f"])
        return open("/srv/" + request.args["f"]).read()  # found
    """,
        """
    from flask import Flask, abort, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        f = request.args["f"]
        if not f.endswith(".txt"):
            abort(404)
        return open("/srv/" + f).read()  # found
    """,
        """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        with BASE.joinpath(request.args["f"]).open() as f:  # found
            return f.read()
    """,
        """
    from flask import Flask, request
    from pathlib import Path
    from PIL import Image

    app = Flask(__name__)

    @app.get("/")
    def v():
        im = Image.open(f"/srv/img/{request.args['a']}")  # found
        return str(im.size)
    """,
        """
    import os
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)

    class Store:
        def __init__(self, root): self.root = root
        def path(self, *parts): return os.path.join(self.root, *parts)
        def read(self, *parts):
            with open(self.path(*parts)) as f: return f.read()  # found

    @app.get("/")
    def v():
        return Store("/srv").read("a", request.args["f"])
    """,
        """
    import json
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)

    @app.get("/")
    def v():
        lang = request.cookies.get("lang", "en")
        return json.load(open("/srv/i18n/%s.json" % lang))  # found
    """,
        """
    from flask import Flask
    from pathlib import Path
    from urllib.parse import unquote

    app = Flask(__name__)

    @app.get("/<name>")
    def v(name):
        return open("/srv/x/" + unquote(name)).read()  # found
    """,
        """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)

    @app.get("/")
    def v():
        f = request.args["f"]
        if f.startswith("/") :
            abort(400)
        return open("/srv/x/" + f).read()  # found
    """,
    ],
    "send_file() reads a file that a client chose": [
        """
    import os
    from flask import Flask, send_file

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        return send_file(os.path.join(BASE, f))  # found
    """,
        """
    import os
    from flask import Flask, abort, request, send_file

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        p = os.path.join(BASE, request.args["f"])
        if os.path.isfile(p):
            return send_file(p)  # found
        abort(404)
    """,
        """
    from flask import Flask, request, send_file
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        name = request.args["f"].lstrip("/")
        return send_file(BASE / name)  # found
    """,
        """
    from flask import Flask, request, send_file
    from pathlib import Path

    app = Flask(__name__)

    def clean(n):
        return n.replace("../", "")

    @app.get("/")
    def v():
        return send_file("/srv/x/" + clean(request.args["f"]))  # found
    """,
    ],
    "read_text() reads a file that a client chose": [
        """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        return (Path(BASE) / request.args["f"]).read_text()  # found
    """,
        """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        p = BASE / request.args["f"]
        if not p.is_relative_to(BASE):
            abort(400)
        return p.read_text()  # found
    """,
    ],
    "send_from_directory() serves a folder that a client chose": [
        """
    import os
    from flask import Flask, request, send_from_directory

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        d = request.args["d"]
        return send_from_directory(os.path.join(BASE, d), "index.txt")  # found
    """,
    ],
    "listdir() reads a file that a client chose": [
        """
    import os
    from flask import Flask, jsonify, request

    app = Flask(__name__)

    @app.get("/")
    def v():
        f = request.args["f"].replace("..", "")
        return jsonify(os.listdir("/srv/" + request.args["d"]))  # found
    """,
    ],
}
NO_PATH_TRAVERSAL: list[str] = [
    """
    from flask import Flask, send_from_directory

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        return send_from_directory(BASE, f)
    """,
    """
    import os
    from flask import Flask
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        return open(os.path.join(BASE, secure_filename(f))).read()
    """,
    """
    from flask import Flask, abort, send_file
    from werkzeug.security import safe_join

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        p = safe_join(BASE, f)
        if p is None:
            abort(404)
        return send_file(p)
    """,
    """
    import os
    from flask import Flask, abort, send_file

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        p = os.path.realpath(os.path.join(BASE, f))
        if not p.startswith(BASE + os.sep):
            abort(404)
        return send_file(p)
    """,
    """
    import os
    from flask import Flask, abort, send_file

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        p = os.path.realpath(os.path.join(BASE, f))
        if os.path.commonpath([BASE, p]) != BASE:
            abort(404)
        return send_file(p)
    """,
    """
    from flask import Flask, abort, send_file
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        root = Path(BASE).resolve()
        p = (root / f).resolve()
        try:
            p.relative_to(root)
        except ValueError:
            abort(404)
        return send_file(p)
    """,
    """
    from flask import Flask, abort
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<path:f>")
    def v(f):
        root = Path(BASE).resolve()
        p = (root / f).resolve()
        if root not in p.parents:
            abort(404)
        return p.read_text()
    """,
    """
    from flask import Flask

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/<int:n>")
    def v(n):
        return open(f"{BASE}/{n}.txt").read()
    """,
    """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        return open(os.path.join(BASE, os.path.basename(request.args["f"]))).read()
    """,
    """
    import os
    from flask import Flask, abort, request

    app = Flask(__name__)
    BASE = '/srv/data'
    F = {"a": "a.txt", "b": "b.txt"}

    @app.get("/")
    def v():
        try:
            name = F[request.args["f"]]
        except KeyError:
            abort(404)
        return open(os.path.join(BASE, name)).read()
    """,
    """
    import os
    from flask import Flask, abort, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        name = request.args["f"]
        if name not in os.listdir(BASE):
            abort(404)
        return open(os.path.join(BASE, name)).read()
    """,
    """
    from flask import Flask, request, send_file
    import io

    app = Flask(__name__)

    @app.get("/")
    def v():
        return send_file(io.BytesIO(request.args["x"].encode()), download_name="x.txt", as_attachment=True)
    """,
    """
    import re
    from flask import Flask, abort, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        if not re.fullmatch(r"[a-z0-9_]+", request.args["x"]):
            abort(400)
        return open(f"{BASE}/" + request.args["x"] + ".txt").read()
    """,
    """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.get("/")
    def v():
        rel = os.path.relpath(os.path.realpath(os.path.join(BASE, request.args["x"])), BASE)
        p = os.path.join(BASE, request.args["x"])
        with open("/srv/fixed.txt") as f:
            return f.read()
    """,
    """
    from flask import Flask, request
    from pathlib import Path
    import uuid

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        ident = uuid.UUID(request.args["id"])
        return (BASE / f"{ident}.txt").read_text()
    """,
    """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)

    @app.get("/")
    def v():
        n = int(request.args["n"])
        return open(f"/srv/data/{n}.txt").read()
    """,
    """
    from flask import Flask, request
    from pathlib import Path
    from enum import Enum

    app = Flask(__name__)
    BASE = Path('/srv/data')

    class K(Enum):
        A = "a.txt"
        B = "b.txt"

    @app.get("/")
    def v():
        k = K[request.args["k"]]
        return (BASE / k.value).read_text()
    """,
    """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    def inside(name):
        p = (BASE / name).resolve()
        if BASE.resolve() not in p.parents:
            abort(404)
        return p

    @app.get("/")
    def v():
        return inside(request.args["f"]).read_text()
    """,
    """
    import os
    from flask import Flask, abort, request, send_file
    from pathlib import Path

    app = Flask(__name__)

    def inside(name):
        p = os.path.abspath(os.path.join("/srv/d", name))
        return p if p.startswith("/srv/d/") else None

    @app.get("/")
    def v():
        p = inside(request.args["f"])
        if p is None:
            abort(404)
        return send_file(p)
    """,
    """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        p = BASE / Path(request.args["f"]).name
        return p.read_text()
    """,
    """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        f = request.args["f"]
        if "/" in f or ".." in f:
            abort(400)
        return (BASE / f).read_text()
    """,
    """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        f = request.args["f"]
        if f not in {p.name for p in BASE.iterdir()}:
            abort(404)
        return (BASE / f).read_text()
    """,
    """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = Path('/srv/data')

    @app.get("/")
    def v():
        for p in BASE.glob("*.txt"):
            if p.stem == request.args["f"]:
                return p.read_text()
        abort(404)
    """,
    """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)

    @app.get("/")
    def v():
        with open("/srv/log.txt", "a") as f:
            f.write(request.args["x"])
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in PATH_TRAVERSAL.items() for code in codes]
)
def test_path_traversal_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.path-traversal") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_PATH_TRAVERSAL)
def test_what_only_looks_like_path_traversal_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.path-traversal") == []


PATH_TRAVERSAL_WRITE: dict[str, list[str]] = {
    "open() changes a file that a client chose": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        with open(os.path.join(BASE, request.form["n"]), "w") as f:  # found
            f.write("x")
        return ""
    """,
    ],
    "remove() changes a file that a client chose": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        os.remove(os.path.join(BASE, request.form["n"]))  # found
        return ""
    """,
    ],
    "rmtree() changes a file that a client chose": [
        """
    from flask import Flask, request
    import shutil

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        shutil.rmtree(f"{BASE}/{request.form['a']}")  # found
        return ""
    """,
    ],
    "unlink() changes a file that a client chose": [
        """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        (Path(BASE) / request.form["n"]).unlink()  # found
        return ""
    """,
        """
    from flask import Flask
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.delete("/<path:n>")
    def v(n):
        p = Path(BASE, n)
        if p.exists():
            p.unlink()  # found
        return ""
    """,
    ],
    "rename() changes a file that a client chose": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        os.rename(BASE + "/a", BASE + "/" + request.form["n"])  # found
        return ""
    """,
    ],
    "save() writes to a path that a client chose": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        request.files["f"].save(os.path.join(BASE, request.form["dir"], "x"))  # found
        return ""
    """,
    ],
}
NO_PATH_TRAVERSAL_WRITE: list[str] = [
    """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        name = secure_filename(request.form["n"])
        with open(os.path.join(BASE, name), "w") as f:
            f.write(request.form["n"])
        return ""
    """,
    """
    from flask import Flask, request
    from pathlib import Path
    import uuid

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        (Path(BASE) / f"{uuid.uuid4()}.txt").write_text(request.form["n"])
        return ""
    """,
    """
    from flask import Flask, abort, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        p = (Path(BASE) / request.form["n"]).resolve()
        if not p.is_relative_to(BASE):
            abort(400)
        p.unlink()
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in PATH_TRAVERSAL_WRITE.items() for code in codes]
)
def test_path_traversal_write_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.path-traversal-write") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_PATH_TRAVERSAL_WRITE)
def test_what_only_looks_like_path_traversal_write_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.path-traversal-write") == []


ARCHIVE_EXTRACTION: dict[str, list[str]] = {
    "extractall() unpacks a client's archive without a filter": [
        """
    from flask import Flask, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        t = tarfile.open(fileobj=request.files["f"])
        t.extractall(BASE)  # found
        return ""
    """,
        """
    from flask import Flask, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        request.files["f"].save("/srv/x.tar")
        with tarfile.open("/srv/x.tar") as t:
            t.extractall(BASE)  # found
        return ""
    """,
    ],
    "open() writes where a member of a client's archive says": [
        """
    import os
    from flask import Flask, request
    import zipfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        z = zipfile.ZipFile(request.files["f"])
        for n in z.namelist():
            with open(os.path.join(BASE, n), "wb") as o:  # found
                o.write(z.read(n))
        return ""
    """,
    ],
    "write_bytes() writes where a member of a client's archive says": [
        """
    from flask import Flask, request
    from pathlib import Path
    import zipfile, io

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        z = zipfile.ZipFile(io.BytesIO(request.files["f"].read()))
        for i in z.infolist():
            p = Path(BASE) / i.filename
            p.write_bytes(z.read(i))  # found
        return ""
    """,
    ],
    "unpack_archive() unpacks a client's archive without a filter": [
        """
    from flask import Flask, request
    import shutil

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        request.files["f"].save("/srv/x.tar")
        shutil.unpack_archive("/srv/x.tar", BASE)  # found
        return ""
    """,
    ],
    "extract() unpacks a client's archive without a filter": [
        """
    from flask import Flask, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        t = tarfile.open(fileobj=request.files["f"].stream)
        for m in t:
            t.extract(m, BASE)  # found
        return ""
    """,
    ],
}
NO_ARCHIVE_EXTRACTION: list[str] = [
    """
    from flask import Flask, request
    import zipfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        zipfile.ZipFile(request.files["f"]).extractall(BASE)
        return ""
    """,
    """
    from flask import Flask, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        t = tarfile.open(fileobj=request.files["f"])
        t.extractall(BASE, filter="data")
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    import zipfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        z = zipfile.ZipFile(request.files["f"])
        for n in z.namelist():
            p = os.path.realpath(os.path.join(BASE, n))
            if not p.startswith(BASE + "/"):
                abort(400)
            with open(p, "wb") as o:
                o.write(z.read(n))
        return ""
    """,
    """
    import os
    from flask import Flask, abort, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        t = tarfile.open(fileobj=request.files["f"])
        members = []
        for m in t.getmembers():
            if not os.path.realpath(os.path.join(BASE, m.name)).startswith(BASE + "/"):
                abort(400)
        t.extractall(BASE, filter=tarfile.data_filter)
        return ""
    """,
    """
    import os
    from flask import Flask, request
    from werkzeug.utils import secure_filename
    import zipfile

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        z = zipfile.ZipFile(request.files["f"])
        for n in z.namelist():
            with open(os.path.join(BASE, secure_filename(n)), "wb") as o:
                o.write(z.read(n))
        return ""
    """,
    """
    from flask import Flask, request
    import tarfile

    app = Flask(__name__)
    BASE = '/srv/data'

    def seed():
        with tarfile.open("/srv/seed.tar") as t:
            t.extractall(BASE)

    @app.post("/")
    def v():
        seed()
        return request.form["x"]
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in ARCHIVE_EXTRACTION.items() for code in codes]
)
def test_archive_extraction_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.archive-extraction") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_ARCHIVE_EXTRACTION)
def test_what_only_looks_like_archive_extraction_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.archive-extraction") == []


UPLOAD_NAME: dict[str, list[str]] = {
    "save() uses the name that the client gave the upload": [
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        f.save(os.path.join(BASE, f.filename))  # found
        return ""
    """,
        """
    from flask import Flask, request

    app = Flask(__name__)

    @app.post("/")
    def v():
        for f in request.files.getlist("f"):
            f.save("/srv/" + f.filename)  # found
        return ""
    """,
        """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    ALLOWED = {"png", "jpg"}

    def ok(n):
        return "." in n and n.rsplit(".", 1)[1].lower() in ALLOWED

    @app.post("/")
    def v():
        f = request.files.get("f")
        if f and ok(f.filename):
            f.save(os.path.join(app.config["UP"], f.filename))  # found
        return ""
    """,
    ],
    "write_bytes() uses the name that the client gave the upload": [
        """
    from flask import Flask, request
    from pathlib import Path

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        for k, f in request.files.items():
            (Path(BASE) / f.filename).write_bytes(f.read())  # found
        return ""
    """,
    ],
}
NO_UPLOAD_NAME: list[str] = [
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
    from flask import Flask, request
    import uuid

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        ext = os.path.splitext(f.filename)[1]
        f.save(os.path.join(BASE, uuid.uuid4().hex + ext))
        return ""
    """,
    """
    import os
    from flask import Flask, request

    app = Flask(__name__)
    BASE = '/srv/data'

    @app.post("/")
    def v():
        f = request.files["f"]
        f.save(os.path.join(BASE, os.path.basename(f.filename)))
        return ""
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in UPLOAD_NAME.items() for code in codes])
def test_upload_name_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.upload-name") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_UPLOAD_NAME)
def test_what_only_looks_like_upload_name_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.upload-name") == []
