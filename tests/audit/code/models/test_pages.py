"""Templates joined to the views that render them: what reaches a place where Jinja's escaping does not protect."""

from __future__ import annotations

import pytest

from tests.audit.code.pages import in_page, in_project, in_view

PLACES = {
    "text": """
        <p>{{ x }}</p>
        <p>{{ x|safe }}</p> {# template #}
        <p>{{ safe|safe }}</p>
    """,
    "quoted attribute": """
        <p title="{{ x }}">a</p>
        <p title='{{ x }}'>a</p>
        <p title={{ x }}>a</p> {# template #}
        <p title={{ safe }}>a</p>
        <p title={{ n }}>a</p>
    """,
    "part of an attribute without quotes": """
        <p class=a-{{ x }}>a</p> {# template #}
        <p class="a-{{ x }}">a</p>
    """,
    "safe in an attribute": """
        <p title="{{ x|safe }}">a</p> {# template #}
        <p title="{{ x|e }}">a</p>
    """,
    "link": """
        <a href="{{ x }}">a</a> {# template #}
        <a href="/search?q={{ x }}">a</a>
        <a href="https://shop.example/{{ x }}">a</a>
        <a href="{{ url_for('view', q=x) }}">a</a>
        <a href="{{ safe }}">a</a>
        <a href="#{{ x }}">a</a>
        <a href="?q={{ x|urlencode }}">a</a>
    """,
    "link put together": """
        <a href="{{ '/search?q=' ~ x }}">a</a>
        <a href="{{ x ~ '/edit' }}">a</a> {# template #}
        {% set link = "/items/" + x %}
        <a href="{{ link }}">a</a>
    """,
    "form": """
        <form action="{{ x }}"></form> {# template #}
        <form action="/go/{{ x }}"></form>
        <input name="q" value="{{ x }}">
        <input name=q value={{ x }}> {# template #}
    """,
    "image and script sources": """
        <img src="{{ x }}">
        <iframe src="{{ x }}"></iframe> {# template #}
        <script src="{{ x }}"></script> {# template #}
        <script src="/static/{{ safe }}.js"></script>
    """,
    "script": """
        <script>
        var a = {{ x }}; {# template #}
        var b = {{ x|tojson }};
        var c = "{{ x }}";
        var d = {{ n }};
        var e = {{ safe }};
        var f = {{ x|safe }}; {# template #}
        var g = "{{ x|safe }}"; {# template #}
        </script>
    """,
    "event handler": """
        <p onclick="show({{ x }})">a</p> {# template #}
        <p onclick='show({{ x|tojson }})'>a</p>
        <p onclick="show({{ x|tojson|forceescape }})">a</p>
        <p onclick="show({{ n }})">a</p>
    """,
    "tojson in attributes": """
        <p data-a='{{ x|tojson }}'>a</p>
        <p data-a="{{ x|tojson }}">a</p> {# template #}
        <p data-a="{{ x|tojson|forceescape }}">a</p>
    """,
    "style": """
        <style>p { color: {{ x }} }</style> {# template #}
        <style>p { color: {{ safe }} }</style>
        <p style="color: {{ safe }}">a</p>
    """,
    "comment": """
        <!-- {{ x }} -->
        <!-- {{ x|safe }} --> {# template #}
        {# {{ x|safe }} #}
    """,
    "names of tags and attributes": """
        <{{ x }}>a</p> {# template #}
        <p {{ x }}>a</p> {# template #}
        <p {{ safe }}>a</p>
    """,
    "data block": """
        <script type="application/json">{{ x|tojson }}</script>
        <script type="application/json">{{ x|safe }}</script> {# template #}
    """,
    "title and text area": """
        <title>{{ x }}</title>
        <textarea>{{ x }}</textarea>
        <textarea>{{ x|safe }}</textarea> {# template #}
    """,
}

FILTERS = {
    "escape and safe": """
        {{ x|e|safe }}
        {{ x|escape|safe }}
        {{ x|safe|e }} {# template #}
        {{ x|safe|forceescape }}
    """,
    "filters before safe": """
        {{ x|upper|safe }} {# template #}
        {{ x|trim|truncate(20)|safe }} {# template #}
        {{ x|int|safe }}
        {{ x|length|safe }}
        {{ x|striptags|safe }}
        {{ x|urlencode|safe }}
        {{ safe|upper|safe }}
    """,
    "safe before other filters": """
        {{ x|safe|upper }} {# template #}
        {{ x|upper }}
    """,
    "replace": """
        {{ x|replace("\\n", "<br>")|safe }} {# template #}
        {{ x|e|replace("\\n", "<br>"|safe) }}
    """,
    "default": """
        {{ x|default("a")|safe }} {# template #}
        {{ missing|default("a")|safe }}
        {{ missing|default(x)|safe }} {# template #}
    """,
    "join": """
        {{ [x, "a"]|join(", ")|safe }} {# template #}
        {{ [x, "a"]|join(", ") }}
        {{ ["a", "b"]|join(", ")|safe }}
    """,
    "a choice": """
        {{ (x if x else "a")|safe }} {# template #}
        {{ ("a" if x else "b")|safe }}
        {{ x|safe if false else "a" }}
    """,
    "urlize": """
        {{ x|urlize }}
        {{ x|urlize|safe }}
    """,
    "xmlattr": """
        <p{{ {"title": x}|xmlattr }}>a</p>
    """,
    "format": """
        {{ "<b>%s</b>"|format(x)|safe }} {# template #}
        {{ "<b>%s</b>"|safe|format(x) }}
        {{ "%d"|format(n)|safe }}
    """,
    "concatenation": """
        {{ ("<b>" ~ x ~ "</b>")|safe }} {# template #}
        {{ "<b>"|safe ~ x ~ "</b>"|safe }}
        {{ ("<b>"|safe + x)|safe }}
    """,
}

CONTROL = {
    "a loop": """
        {% for one in [x, "a"] %}
        {{ one|safe }} {# template #}
        {{ one }}
        {% endfor %}
        {% for one in ["a", "b"] %}{{ one|safe }}{{ loop.index|safe }}{% endfor %}
    """,
    "a mapping": """
        {% for key, value in {"a": x}.items() %}
        {{ key|safe }}
        {{ value|safe }} {# template #}
        {% endfor %}
    """,
    "a condition": """
        {% if x in ("a", "b") %}
        {{ x|safe }}
        {% else %}
        {{ x|safe }} {# template #}
        {% endif %}
    """,
    "a condition that is never true": """
        {% if false %}
        {{ x|safe }}
        {% endif %}
        {% if true %}
        {{ x|safe }} {# template #}
        {% endif %}
    """,
    "set": """
        {% set y = x %}
        {{ y|safe }} {# template #}
        {% set y = "a" %}
        {{ y|safe }}
    """,
    "a block that is set": """
        {% set y %}<b>{{ x }}</b>{% endset %}
        {{ y }}
        {{ y|safe }}
        {% set z %}
        <b>{{ x|safe }}</b> {# template #}
        {% endset %}
        {{ z }}
    """,
    "with": """
        {% with y = x, z = "a" %}
        {{ y|safe }} {# template #}
        {{ z|safe }}
        {% endwith %}
    """,
    "a filter block": """
        {% filter upper %}
        {{ x }}
        {% endfilter %}
    """,
    "a macro": """
        {% macro shown(a, b) %}
        {{ a|safe }} {# template #}
        {{ b|safe }}
        {% endmacro %}
        {{ shown(x, "b") }}
    """,
    "a macro with a caller": """
        {% macro box(title) %}
        <b>{{ title }}</b>{{ caller() }}
        {% endmacro %}
        {% call box(x) %}
        {{ x }}
        {{ x|safe }} {# template #}
        {% endcall %}
    """,
    "autoescape off": """
        {% autoescape false %}
        {{ x }} {# template #}
        {{ x|e }}
        {{ safe }}
        {% endautoescape %}
        {{ x }}
    """,
    "autoescape on again": """
        {% autoescape false %}
        {% autoescape true %}
        {{ x }}
        {% endautoescape %}
        {{ x }} {# template #}
        {% endautoescape %}
    """,
    "raw": """
        {% raw %}{{ x|safe }}{% endraw %}
        {{ x|safe }} {# template #}
    """,
    "the request itself": """
        {{ request.args.q }}
        {{ request.args.q|safe }} {# template #}
        {{ request.args["q"]|safe }} {# template #}
        {{ request.args.get("q")|safe }} {# template #}
        {{ request.path }}
    """,
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_places(text: str) -> None:
    in_page(text)


@pytest.mark.parametrize("text", FILTERS.values(), ids=FILTERS)
def test_filters(text: str) -> None:
    in_page(text)


@pytest.mark.parametrize("text", CONTROL.values(), ids=CONTROL)
def test_control(text: str) -> None:
    in_page(text)


RENDER = 'return render_template("page.html", x=q, safe="a")'


def test_inheritance() -> None:
    base = """
        <title>{% block title %}{{ x }}{% endblock %}</title>
        {% block head %}
        {{ x|safe }}
        {% endblock %}
        {% block body %}
        {{ x|safe }} {# template #}
        {% endblock %}
        {{ self.title()|safe }}
    """
    page = """
        {% extends "base.html" %}
        {% block head %}
        {{ x }}
        {% endblock %}
        {% block body %}
        {{ super() }}
        <p title={{ x }}>a</p> {# template #}
        {% endblock %}
    """
    in_view(RENDER, base=base, page=page)


def test_includes_and_imports() -> None:
    page = """
        {% include "part.html" %}
        {% include "other.html" without context %}
        {% from "macros.html" import shown %}
        {% import "macros.html" as macros %}
        {{ shown(safe) }}
        {{ macros.box(x) }}
    """
    part = "{{ safe|safe }}\n{{ x|safe }} {# template #}"
    other = "{{ x|safe }}"
    macros = """
        {% macro shown(a) %}
        {{ a|safe }}
        {% endmacro %}
        {% macro box(a) %}
        {{ a|safe }} {# template #}
        {% endmacro %}
    """
    in_view(RENDER, page=page, part=part, other=other, macros=macros)


def test_a_list_of_templates() -> None:
    in_view('return render_template(["missing.html", "page.html"], x=q)', page="{{ x|safe }} {# template #}\n{{ x }}")


def test_a_template_that_is_chosen() -> None:
    body = """
        name = "one.html" if unknown() else "two.html"
        return render_template(name, x=q)
    """
    in_view(body, one="{{ x|safe }} {# template #}", two="{{ x }}", three="{{ x|safe }}")


def test_names_by_keyword_mappings() -> None:
    body = """
        names = {"x": q, "safe": "a"}
        return render_template("page.html", **names)
    """
    in_view(body, page="{{ x|safe }} {# template #}\n{{ safe|safe }}")


def test_attributes_of_what_is_shown() -> None:
    before = """
        class Item:
            def __init__(self, name):
                self.name = name
                self.kind = "a"
            def shown(self):
                return self.name
    """
    page = """
        {{ item.name|safe }} {# template #}
        {{ item.kind|safe }}
        {{ item.shown()|safe }} {# template #}
        {{ item.name }}
        {{ row.a|safe }} {# template #}
        {{ row["b"]|safe }}
    """
    in_view('return render_template("page.html", item=Item(q), row={"a": q, "b": "c"})', before, page=page)


def test_markup_of_the_view() -> None:
    body = """
        good = Markup("<b>{}</b>").format(q)
        bad = Markup("<b>" + q + "</b>")  # markup
        return render_template("page.html", good=good, bad=bad, constant=Markup("<b>a</b>"))
    """
    in_view(body, page="{{ good }}\n{{ good|safe }}\n{{ constant }}")


def test_filters_of_the_project() -> None:
    before = """
        @app.template_filter("bold")
        def bold(text):
            return Markup("<b>{}</b>").format(text)

        @app.template_filter()
        def plain(text):
            return text.strip()

        @app.template_filter("raw")
        def raw(text):
            return Markup(text)  # markup

        def shout(text):
            return text.upper()

        app.jinja_env.filters["shout"] = shout
        app.add_template_filter(bold, "strong")
    """
    page = """
        {{ x|bold }}
        {{ x|strong }}
        {{ x|plain }}
        {{ x|plain|safe }} {# template #}
        {{ x|shout|safe }} {# template #}
        {{ x|raw }}
    """
    in_view(RENDER, before, page=page)


def test_context_processors() -> None:
    before = """
        @app.context_processor
        def everywhere():
            return {"term": request.args["term"], "site": "shop"}
    """
    in_view(RENDER, before, page="{{ term|safe }} {# template #}\n{{ site|safe }}\n{{ term }}")


def test_templates_that_are_not_escaped() -> None:
    in_project(
        {
            "app.py": """
                @app.route("/")
                def text():
                    return render_template("mail.txt", x=request.args["q"])

                @app.route("/type")
                def typed():
                    return render_template("mail.txt", x=request.args["q"]), 200, {"Content-Type": "text/plain"}

                @app.route("/j2")
                def other():
                    return render_template("page.html.j2", x=request.args["q"])
            """,
            "templates/mail.txt": "Dear {{ x }}\nDear {{ x|e }}\n",
            "templates/page.html.j2": "<p>{{ x }}</p> {# template #}\n",
        }
    )


def test_templates_of_blueprints_by_the_same_name() -> None:
    view = """
        from flask import Blueprint, render_template, request
        bp = Blueprint("{name}", __name__, template_folder="templates")

        @bp.route("/{name}")
        def view():
            return render_template("{name}/page.html", x=request.args["q"])
    """
    in_project(
        {
            "app.py": """
                from one.views import bp as first
                from two.views import bp as second
                app.register_blueprint(first)
                app.register_blueprint(second)
            """,
            "one/views.py": view.format(name="one"),
            "one/templates/one/page.html": "{{ x|safe }} {# template #}\n",
            "two/views.py": view.format(name="two"),
            "two/templates/two/page.html": "{{ x }}\n",
        }
    )


def test_strings_as_templates() -> None:
    body = """
        if unknown():
            return render_template_string("<p>{{ x }}</p>", x=q)
        if unknown():
            return render_template_string("<p title={{ x }}>a</p>", x=q)  # template
        return render_template_string("<p>{{ x|safe }}</p>", x=q)  # template
    """
    in_view(body)


def test_fields_of_a_form() -> None:
    before = """
        from flask_wtf import FlaskForm
        from wtforms import StringField
        class NameForm(FlaskForm):
            name = StringField("Name")
    """
    page = """
        {{ form.hidden_tag() }}
        {{ form.name.label }} {{ form.name(size=20) }}
        {{ form.name.data }}
        {{ form.name.data|safe }} {# template #}
        {% for error in form.name.errors %}{{ error }}{% endfor %}
    """
    in_view('return render_template("page.html", form=NameForm())', before, page=page)


def test_flashed_messages() -> None:
    before = "from flask import flash"
    body = """
        flash("Hello " + q)
        return render_template("page.html")
    """
    page = "{% for one in get_flashed_messages() %}\n{{ one }}\n{% endfor %}"
    in_view(body, before, page=page)


def test_a_checked_link() -> None:
    body = """
        if not q.startswith(("http://", "https://")):
            abort(400)
        return render_template("page.html", x=q)
    """
    in_view(body, page='<a href="{{ x }}">a</a>\n<p title={{ x }}>a</p> {# template #}')


def test_cleaned_rich_text() -> None:
    body = """
        return render_template("page.html", x=bleach.clean(q), y=nh3.clean(q), z=markdown.markdown(q))
    """
    page = """
        {{ x|safe }}
        {{ y|safe }}
        {{ z|safe }} {# template #}
        <p title="{{ x|safe }}">a</p> {# template #}
    """
    in_view(body, page=page)
