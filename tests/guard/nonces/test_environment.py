"""Jinja environments of every making, and their bytecode caches."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from flask.templating import Environment as FlaskEnvironment
from jinja2 import DictLoader, FileSystemBytecodeCache, ModuleLoader
from jinja2.nativetypes import NativeEnvironment
from jinja2.sandbox import SandboxedEnvironment

from flask_garrison import Garrison, Policy
from flask_garrison.guard import nonces
from flask_garrison.guard.gate import Gate
from flask_garrison.guard.nonces.environment import SaltedCache

from .support import BROWSER, SECRET, get, page, sealed, shop

PAGE = "<script>{{ 1 }}</script>"
SENT = '<script nonce="N">1</script>'
TEMPLATES = {"page": PAGE}


def bare(templates: dict[str, str] | None = None) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.jinja_loader = DictLoader(templates or TEMPLATES)
    app.add_url_rule("/", "view", lambda: render_template("page"))
    return app


def test_installing_does_not_make_the_environment() -> None:
    app = bare()
    gate = Gate(app, Policy())
    nonces.install(gate)
    assert "jinja_env" not in app.__dict__
    app.jinja_options = {"variable_start_string": "[[", "variable_end_string": "]]"}
    gate.hang_doors()
    assert 'nonce="' in get(app, "/").text
    assert "{{ 1 }}" in get(app, "/").text


def test_an_environment_that_was_used_before() -> None:
    app = bare()
    with app.test_request_context():
        assert render_template("page") == "<script>1</script>"
    Garrison(app)
    assert page(get(app, "/")) == SENT


def test_an_environment_that_is_replaced_later() -> None:
    app = bare()
    Garrison(app)
    assert page(get(app, "/")) == SENT
    app.jinja_env = FlaskEnvironment(app, loader=DictLoader(TEMPLATES), autoescape=True)  # type: ignore[misc]
    assert page(get(app, "/")) == SENT


@pytest.mark.parametrize("base", [SandboxedEnvironment, NativeEnvironment])
def test_an_environment_of_another_class(base: type) -> None:
    app = bare()
    app.jinja_environment = type("Own", (base, FlaskEnvironment), {})
    Garrison(app)
    assert page(get(app, "/")) == SENT


def test_a_native_environment_still_renders_other_things() -> None:
    app = bare()
    app.jinja_environment = type("Own", (NativeEnvironment, FlaskEnvironment), {})
    Garrison(app)
    with app.test_request_context("/"):
        assert app.jinja_env.from_string("{{ [1] }}").render() == [1]


def test_an_async_environment() -> None:
    page_source = (
        "{% set a = 1 %}<script>{{ a }}{% include 'part' without context %}{% include 'part' %}"
        "{% for b in [1] %}{{ b }}{% endfor %}</script>{% macro m() %}<script>3</script>{% endmacro %}"
        "<textarea>{{ m() }}</textarea>{% block x %}{{ m() }}{% endblock %}"
    )
    app = bare({"part": "[{{ 2 }}]", "page": page_source})
    app.jinja_options = {"enable_async": True}
    Garrison(app)
    expected = '<script nonce="N">1[2][2]1</script><textarea><script>3</script></textarea><script nonce="N">3</script>'
    assert page(get(app, "/")) == expected


def test_overlays_are_guarded() -> None:
    app = shop()
    overlay = app.jinja_env.overlay(variable_start_string="[[", variable_end_string="]]")

    @app.get("/")
    def view() -> str:
        return overlay.from_string("<script>[[ 1 ]]</script>").render()

    assert page(get(app, "/")) == SENT


def test_a_template_loaded_ahead_of_any_request() -> None:
    app = shop()
    template = app.jinja_env.from_string(PAGE)
    app.add_url_rule("/", "view", template.render)
    assert page(get(app, "/")) == SENT


def test_precompiled_templates(tmp_path: Path) -> None:
    app = shop({"page.html": PAGE})
    app.jinja_env.compile_templates(str(tmp_path), zip=None)
    app.jinja_env.loader = ModuleLoader(str(tmp_path))
    assert page(get(app, "/page.html")) == SENT


def test_the_global_of_an_extension_is_kept() -> None:
    app = shop()
    assert app.jinja_env.globals["csp_nonce"] is nonces.csp_nonce
    app = shop({"page": "{{ csp_nonce() }}"}, Policy(modes={"headers.csp": "off", "inputs.csrf": "off"}))
    assert len(get(app, "/page").text) == 22
    app = bare({"page": "{{ csp_nonce() }}"})
    app.jinja_env.globals["csp_nonce"] = lambda: "own"
    Garrison(app)
    assert get(app, "/").text == "own"


class CountingCache(FileSystemBytecodeCache):
    """Counts the templates that had to be compiled."""

    compiled = 0

    def dump_bytecode(self, bucket: object) -> None:
        CountingCache.compiled += 1
        super().dump_bytecode(bucket)  # type: ignore[arg-type]


def compiled(app: Flask, folder: Path) -> int:
    CountingCache.compiled = 0
    app.jinja_env.bytecode_cache = CountingCache(str(folder))
    with app.test_client() as client:
        assert client.get("/", headers=BROWSER).status_code == 200
    return CountingCache.compiled


def test_the_bytecode_cache_knows_versions_and_policies_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def guarded(policy: Policy | None = None) -> Flask:
        app = bare()
        Garrison(app, policy)
        return app

    plain = bare()
    assert compiled(plain, tmp_path) == 1
    assert compiled(guarded(), tmp_path) == 1
    assert compiled(guarded(), tmp_path) == 0
    assert page(get(guarded(), "/")) == SENT
    assert compiled(guarded(Policy(modes={"headers.csp": "off"})), tmp_path) == 1
    assert compiled(guarded(Policy(nonce_calls=("a.b",))), tmp_path) == 1
    assert compiled(guarded(Policy(style_nonces=True)), tmp_path) == 1
    assert compiled(guarded(Policy(frame_ancestors=("'none'",))), tmp_path) == 0
    monkeypatch.setattr("flask_garrison.guard.nonces.plan.__version__", "9.9")
    assert compiled(guarded(), tmp_path) == 1
    assert compiled(bare(), tmp_path) == 0


def test_a_cached_template_is_a_guarded_one(tmp_path: Path) -> None:
    apps = [bare(), bare()]
    for app in apps:
        Garrison(app)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path))
        assert page(get(app, "/")) == SENT


def test_caches_of_overlays_are_salted_too(tmp_path: Path) -> None:
    app = shop()
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path))
    overlay = app.jinja_env.overlay(trim_blocks=True)
    assert isinstance(overlay.bytecode_cache, SaltedCache)
    overlay.bytecode_cache.clear()
    overlay = app.jinja_env.overlay(bytecode_cache=FileSystemBytecodeCache(str(tmp_path)))
    assert isinstance(overlay.bytecode_cache, SaltedCache)
    assert isinstance(overlay.bytecode_cache.inner, FileSystemBytecodeCache)


def test_the_secret_may_be_set_late() -> None:
    app = bare()
    app.secret_key = None
    Garrison(app, sessions=False)
    app.secret_key = "a key that comes late, long enough to sign with"
    assert page(get(app, "/")) == SENT


def test_a_secret_that_changes_while_the_app_runs() -> None:
    app = shop({"page": "<script>1</script>"})
    assert page(get(app, "/page")) == SENT
    app.secret_key = "another key, just as long as the first one"
    assert page(get(app, "/page")) == SENT


def test_extensions_of_jinja_see_what_they_expect() -> None:
    app = shop()
    assert isinstance(app.jinja_env, FlaskEnvironment)
    assert sealed("{{ url_for('page', name='x') }}", app=app) == "/x"
    with app.test_request_context("/"):
        assert render_template_string("{% set x %}a{% endset %}{{ x }}") == "a"
