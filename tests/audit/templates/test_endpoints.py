"""Endpoints of templates, read from source: routes, blueprints, classes, helpers, includes."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.templates.endpoints import read_endpoints
from flask_garrison.audit.templates.reading import read_template

HEAD = "from flask import *\nfrom flask.views import MethodView\napp = Flask(__name__)\n"


def endpoints(root: Path, files: dict[str, str], template: str = "templates/a.html") -> list[str]:
    for name, text in {template: "<a>", **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    found = [path for path in sorted(root.rglob("*.html"))]
    templates = [read_template(root, path) for path in found]
    wanted = next(item for item in templates if item.name == template)
    return read_endpoints(root, templates).of(wanted)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@app.route('/')\ndef index(): return render_template('a.html', x='b')", ["index"]),
        ("@app.get('/', endpoint='home')\nasync def index(): return render_template('a.html')", ["home"]),
        ("@app.post('/')\n@other\ndef index(): return stream_template('a.html')", ["index"]),
        ("@app.route('/')\ndef index(): return render_template(['x.html', 'a.html'])", ["index"]),
        ("@app.route('/')\ndef index(): return render_template('a.html' if x == 'b.html' else 'c.html')", ["index"]),
        ("@app.route('/')\ndef index(): return render_template(template_name_or_list='a.html')", ["index"]),
        ("@app.route('/')\ndef index(): return render_template('b.html')", []),
        ("@app.route('/')\ndef index(): return print('a.html')", []),
        ("def index(): return render_template('a.html')", []),
        ("def index(): return render_template('a.html')\napp.add_url_rule('/', view_func=index)", ["index"]),
        ("def index(): return render_template('a.html')\napp.add_url_rule('/', 'home', index)", ["home"]),
        (
            "class Page(MethodView):\n  def get(self): return render_template('a.html')\n"
            "app.add_url_rule('/', view_func=Page.as_view('page'))",
            ["page"],
        ),
        (
            "def show(name): return render_template(name)\n@app.route('/')\ndef index(): return show('a.html')",
            ["index"],
        ),
        ("def show(*a, **k): return render_template(*a, **k)\n@app.route('/')\ndef i(): return show('a.html')", ["i"]),
        ("def page(): return render_template('a.html')\n@app.route('/')\ndef index(): return page()", ["index"]),
        (
            "@app.get('/')\ndef post(): return render_template('a.html')\n"
            "@app.post('/')\ndef comment(): return cache.get()",
            ["post"],
        ),
        (
            "bp = Blueprint('shop', __name__)\n@bp.route('/')\ndef cart(): return render_template('a.html')",
            ["shop.cart"],
        ),
        (
            "bp = Blueprint('shop', __name__)\n@bp.route('/')\ndef cart(): return render_template('a.html')\n"
            "app.register_blueprint(bp)\napp.register_blueprint(bp, name='store')",
            ["shop.cart", "store.cart"],
        ),
        (
            "outer = Blueprint('outer', __name__)\nbp = Blueprint('shop', __name__)\nouter.register_blueprint(bp)\n"
            "@bp.route('/')\ndef cart(): return render_template('a.html')",
            ["outer.shop.cart"],
        ),
        (
            "a = Blueprint('a', __name__)\na.register_blueprint(a)\n"
            "@a.route('/')\ndef v(): return render_template('a.html')",
            [],
        ),
        ("def f(api):\n  @api.route('/')\n  def v(): return render_template('a.html')", []),
        ("def f(app):\n  @app.route('/')\n  def v(): return render_template('a.html')", ["v"]),
    ],
)
def test_endpoints_of_one_file(tmp_path: Path, source: str, expected: list[str]) -> None:
    assert endpoints(tmp_path, {"app.py": HEAD + source}) == expected


def test_blueprint_of_another_file(tmp_path: Path) -> None:
    files = {
        "shop/__init__.py": "from flask import Blueprint\nbp = Blueprint('shop', __name__)\n",
        "shop/views.py": "from . import bp as b\n@b.route('/')\ndef cart(): return render_template('a.html')\n",
    }
    assert endpoints(tmp_path, files) == ["shop.cart"]


def test_blueprint_that_cannot_be_told_gives_no_name(tmp_path: Path) -> None:
    files = {
        "one.py": "bp = Blueprint('one', __name__)",
        "two.py": "bp = Blueprint('two', __name__)",
        "views.py": "from x import bp\n@bp.route('/')\ndef cart(): return render_template('a.html')\n",
    }
    assert endpoints(tmp_path, files) == []


def test_included_and_extended_templates_belong_to_the_pages_that_use_them(tmp_path: Path) -> None:
    files = {
        "app.py": HEAD + "@app.route('/')\ndef index(): return render_template('c.html')",
        "templates/b.html": "{% include 'a.html' %}",
        "templates/c.html": "{% extends 'b.html' %}",
        "templates/d.html": "{% extends 'a.html' %}{% include 'd.html' %}",
    }
    assert endpoints(tmp_path, files) == ["index"]


def test_template_folder_of_another_name(tmp_path: Path) -> None:
    source = "app = Flask(__name__, template_folder='../pages')\n"
    source += "@app.route('/')\ndef i(): return render_template('x/a.html')"
    assert endpoints(tmp_path, {"app.py": source}, template="pages/x/a.html") == ["i"]


@pytest.mark.parametrize("source", ["render_template(", "render_template\0", "# render_template \ud800"])
def test_python_that_cannot_be_parsed_costs_names_only(tmp_path: Path, source: str) -> None:
    (tmp_path / "bad.py").write_text(source, errors="surrogatepass")
    files = {"app.py": HEAD + "@app.route('/')\ndef index(): return render_template('a.html')"}
    assert endpoints(tmp_path, files) == ["index"]


def test_code_is_never_run(tmp_path: Path) -> None:
    assert endpoints(tmp_path, {"app.py": "raise SystemExit('render_template')"}) == []
