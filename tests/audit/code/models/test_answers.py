"""What views answer with: a page shows what a client sent, JSON and texts do not; escaping is judged by its place."""

from __future__ import annotations

import pytest

from tests.audit.code.pages import in_project, in_view

TYPES = {
    "a text is a page": """
        if unknown():
            return f"<p>{q}</p>"  # reflected
        return "<p>nothing</p>"
    """,
    "a value by itself": """
        if unknown():
            return q  # reflected
        return str(len(q))
    """,
    "a dictionary is JSON": """
        return {"q": q}
    """,
    "a list is JSON": """
        return [q]
    """,
    "jsonify": """
        return jsonify(q=f"<b>{q}</b>")
    """,
    "jsonify with a status": """
        return jsonify({"q": q}), 400
    """,
    "json.dumps is a page": """
        return json.dumps({"q": q})  # reflected
    """,
    "json.dumps with a type": """
        return Response(json.dumps({"q": q}), mimetype="application/json")
    """,
    "Response is a page": """
        return Response(f"<p>{q}</p>")  # reflected
    """,
    "Response of a plain text": """
        return Response(q, mimetype="text/plain")
    """,
    "Response with a content type": """
        if unknown():
            return Response(q, content_type="text/plain; charset=utf-8")
        return Response(q, content_type="text/html; charset=utf-8")  # reflected
    """,
    "Response with headers": """
        if unknown():
            return Response(q, headers={"Content-Type": "text/csv"})
        return Response(q, headers={"X-Page": "1"})  # reflected
    """,
    "Response with a status": """
        return Response(q, 404)  # reflected
    """,
    "Response of XML": """
        return Response(f"<a>{q}</a>", mimetype="image/svg+xml")  # reflected
    """,
    "the mimetype is set later": """
        answer = Response(q)
        answer.mimetype = "text/plain"
        return answer
    """,
    "the mimetype is set to HTML": """
        answer = Response(q, mimetype="text/plain")  # reflected
        answer.mimetype = "text/html"
        return answer
    """,
    "the header is set later": """
        answer = Response(q)
        answer.headers["Content-Type"] = "text/plain"
        return answer
    """,
    "another header is set": """
        answer = Response(q)  # reflected
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
    """,
    "make_response": """
        answer = make_response(q)  # reflected
        answer.status_code = 404
        return answer
    """,
    "make_response with a type": """
        answer = make_response(q)
        answer.content_type = "text/plain"
        return answer
    """,
    "make_response of a dictionary": """
        return make_response({"q": q}, 400)
    """,
    "make_response of JSON": """
        return make_response(jsonify(q=q), 400)
    """,
    "make_response with headers": """
        answer = make_response(q)
        answer.headers.update({"Content-Type": "text/plain"})
        return answer
    """,
    "a tuple with a status": """
        return f"<p>{q}</p>", 404  # reflected
    """,
    "a tuple with a type": """
        return q, 200, {"Content-Type": "text/plain"}
    """,
    "a tuple with headers alone": """
        return q, {"content-type": "application/json"}
    """,
    "a tuple with other headers": """
        return q, 200, {"X-Frame-Options": "DENY"}  # reflected
    """,
    "a tuple with a list of headers": """
        return q, 200, [("Content-Type", "text/plain")]
    """,
    "set_data": """
        answer = Response("")  # reflected
        answer.set_data(f"<p>{q}</p>")
        return answer
    """,
    "data": """
        answer = Response("")  # reflected
        answer.data = f"<p>{q}</p>"
        return answer
    """,
    "data that replaces": """
        answer = Response(q)
        answer.data = "nothing"
        return answer
    """,
    "a generator": """
        def lines():
            yield "<p>"
            yield q
        return Response(lines())  # reflected
    """,
    "a generator of a plain text": """
        def lines():
            yield "a,b"
            yield q
        return Response(lines(), mimetype="text/csv")
    """,
    "a generator that goes with the request": """
        def lines():
            yield q
        return Response(stream_with_context(lines()))  # reflected
    """,
    "send_file": """
        import io
        return send_file(io.BytesIO(q.encode()), mimetype="text/csv")
    """,
    "a type that a client chooses": """
        return Response(q, mimetype=request.args["type"])  # reflected
    """,
    "bytes": """
        return f"<p>{q}</p>".encode()  # reflected
    """,
    "a class for answers of the project": """
        class Page(Response):
            default_mimetype = "text/plain"
        return Page(q)
    """,
    "response_class": """
        if unknown():
            return app.response_class(q)  # reflected
        return app.response_class(q, mimetype="text/plain")
    """,
    "joined lines": """
        rows = [f"<li>{word}</li>" for word in request.args.getlist("word")]
        return "<ul>" + "".join(rows) + "</ul>"  # reflected
    """,
    "joined lines that are escaped": """
        rows = [f"<li>{escape(word)}</li>" for word in request.args.getlist("word")]
        return "<ul>" + "".join(rows) + "</ul>"
    """,
}

PLACES = {
    "escaped in a text": """
        return f"<p>{escape(q)}</p>"
    """,
    "html.escape in a text": """
        return f"<p>{html.escape(q)}</p>"
    """,
    "escaped in a quoted attribute": """
        return f'<p title="{escape(q)}">a</p>'
    """,
    "without quotes escaped in a quoted attribute": """
        if unknown():
            return f'<p title="{html.escape(q, quote=False)}">a</p>'  # reflected
        return f"<p>{html.escape(q, quote=False)}</p>"
    """,
    "escaped in an attribute without quotes": """
        return f"<p title={escape(q)}>a</p>"  # reflected
    """,
    "escaped in a link": """
        return f'<a href="{escape(q)}">a</a>'  # reflected
    """,
    "escaped behind the beginning of a link": """
        return f'<a href="/search?q={escape(q)}">a</a>'
    """,
    "escaped behind a host": """
        return f'<a href="https://shop.example/{escape(q)}">a</a>'
    """,
    "escaped in the source of an image": """
        return f'<img src="{escape(q)}">'
    """,
    "escaped in a script": """
        return f"<script>var a = {escape(q)};</script>"  # reflected
    """,
    "escaped in a string of a script": """
        return f"<script>var a = '{escape(q)}';</script>"
    """,
    "escaped in an event handler": """
        return f'<p onclick="show({escape(q)})">a</p>'  # reflected
    """,
    "escaped in a style": """
        return f"<style>p {{ color: {escape(q)} }}</style>"  # reflected
    """,
    "in a comment": """
        if unknown():
            return f"<!-- {q} -->"  # reflected
        return f"<!-- {escape(q)} -->"
    """,
    "in a title": """
        if unknown():
            return f"<title>{q}</title>"  # reflected
        return f"<title>{escape(q)}</title>"
    """,
    "quoted for a URL": """
        from urllib.parse import quote
        return f'<a href="/search?q={quote(q)}">a</a>'
    """,
    "quoted for a URL in a text": """
        from urllib.parse import quote, unquote
        if unknown():
            return f"<p>{unquote(q)}</p>"  # reflected
        return f"<p>{quote(q)}</p>"
    """,
    "a number": """
        return f"<p>{int(q)}</p>"
    """,
    "a number in an attribute without quotes": """
        return f"<p width={int(q)}>a</p>"
    """,
    "one of a few": """
        if q not in ("red", "blue"):
            return f"<p>{q}</p>"  # reflected
        return f"<p style=color:{q}>a</p>"
    """,
    "escaped and then unescaped": """
        return f"<p>{html.unescape(escape(q))}</p>"  # reflected
    """,
    "escaped too late": """
        page = f"<p>{q}</p>"
        escape(q)
        return page  # reflected
    """,
    "escaped in place of the angle bracket alone": """
        return "<p>" + q.replace("<", "&lt;") + "</p>"
    """,
    "JSON in a script": """
        return f"<script>var a = {json.dumps(q)};</script>"  # reflected
    """,
    "JSON in a script with brackets escaped": """
        return "<script>var a = " + json.dumps(q).replace("<", "\\\\u003c") + ";</script>"
    """,
    "Markup.format": """
        return Markup("<p>{}</p>").format(q)
    """,
    "Markup.format in a link": """
        return Markup('<a href="{}">a</a>').format(q)  # reflected
    """,
    "Markup with percent": """
        return Markup("<p>%s</p>") % q
    """,
    "Markup with plus": """
        return Markup("<p>") + q + Markup("</p>")
    """,
    "Markup of an f-string": """
        return Markup(f"<p>{q}</p>")  # markup
    """,
    "Markup of an escaped text": """
        return Markup(f"<p>{escape(q)}</p>")
    """,
    "Markup of an escaped text without quotes": """
        return Markup(f"<p title={escape(q)}>a</p>")  # reflected
    """,
    "Markup.escape": """
        return Markup("<p>") + Markup.escape(q)
    """,
    "Markup.join": """
        return Markup("<br>").join([q, "a"])
    """,
    "join of marked texts": """
        return "<br>".join([q, "a"])  # reflected
    """,
    "bleach.clean": """
        if unknown():
            return bleach.clean(q, tags=["script"])  # reflected
        return f"<p>{bleach.clean(q)}</p>"
    """,
    "bleach.clean in an attribute": """
        return f'<p title="{bleach.clean(q)}">a</p>'  # reflected
    """,
    "nh3.clean": """
        return f"<p>{nh3.clean(q)}</p>"
    """,
    "nh3.clean in a script": """
        return f"<script>{nh3.clean(q)}</script>"  # reflected
    """,
    "nh3.clean_text": """
        return f"<p title={nh3.clean_text(q)}>a</p>"
    """,
    "bleach.linkify": """
        return bleach.linkify(q)  # reflected
    """,
    "Garrison's clean_html": """
        from flask_garrison.inputs import clean_html
        return "<p>" + clean_html(q) + "</p>"
    """,
    "Garrison's safe_url": """
        from flask_garrison.inputs import safe_url
        return f'<a href="{escape(safe_url(q))}">a</a>'
    """,
    "lxml's cleaner": """
        from lxml_html_clean import Cleaner
        return Cleaner().clean_html(q)
    """,
    "markdown": """
        if unknown():
            return markdown.markdown(q)  # reflected
        return bleach.clean(markdown.markdown(q))
    """,
    "markdown of what was cleaned": """
        return markdown.markdown(str(escape(q)))
    """,
    "mistune": """
        import mistune
        if unknown():
            return mistune.markdown(q, escape=False)  # reflected
        return mistune.markdown(q)
    """,
    "mistune that is made": """
        import mistune
        render = mistune.create_markdown(escape=False)
        if unknown():
            return render(q)  # reflected
        return mistune.create_markdown()(q)
    """,
    "an escaping helper": """
        def shown(text):
            return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"<p>{shown(q)}</p>"
    """,
    "a helper that escapes nothing": """
        def shown(text):
            return str(text).strip().title()
        return f"<p>{shown(q)}</p>"  # reflected
    """,
}


@pytest.mark.parametrize("body", TYPES.values(), ids=TYPES)
def test_types_of_answers(body: str) -> None:
    in_view(body)


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_places_in_an_answer(body: str) -> None:
    in_view(body)


def test_a_hook_after_the_request_changes_the_type() -> None:
    view = """
        @app.route("/")
        def view():
            return request.args["q"]{mark}

        @app.after_request
        def typed(answer):
            answer.{what}
            return answer
    """
    in_project({"app.py": view.format(what='headers["X-Frame-Options"] = "DENY"', mark="  # reflected")})
    in_project({"app.py": view.format(what='content_type = "application/json"', mark="")})
    in_project({"app.py": view.format(what='headers["Content-Type"] = "text/plain"', mark="")})


def test_a_hook_that_sets_something_else_leaves_the_type() -> None:
    in_project(
        {
            "app.py": """
                @app.route("/")
                def view():
                    return jsonify(q=request.args["q"])

                @app.route("/text")
                def text():
                    answer = make_response(request.args["q"])
                    answer.headers["Content-Type"] = "text/plain"
                    return answer

                @app.after_request
                def add_headers(answer):
                    answer.headers["Content-Security-Policy"] = "default-src 'self'"
                    if request.endpoint == "view":
                        answer.headers["X-Page"] = unknown()
                    answer.headers["X-One"] = "1"
                    answer.headers["X-Two"] = "2"
                    answer.headers["X-Three"] = "3"
                    answer.headers["X-Four"] = "4"
                    answer.headers["X-Five"] = "5"
                    answer.headers["X-Six"] = "6"
                    answer.headers["X-Seven"] = "7"
                    answer.headers["X-Eight"] = "8"
                    answer.headers["X-Nine"] = "9"
                    return answer
            """
        }
    )


def test_what_was_stored_is_shown() -> None:
    in_project(
        {
            "app.py": """
                import sqlite3

                @app.route("/")
                def view():
                    row = sqlite3.connect("a.db").execute("SELECT a FROM b").fetchone()
                    if unknown():
                        return f"<p>{escape(row[0])}</p>"
                    return f"<p>{row[0]}</p>"  # stored
            """
        }
    )


def test_an_error_handler_shows_the_description() -> None:
    in_project(
        {
            "app.py": """
                @app.route("/")
                def view():
                    abort(404, "no " + request.args["q"])

                @app.errorhandler(404)
                def missing(error):
                    return f"<p>{error.description}</p>", 404  # reflected

                @app.errorhandler(400)
                def wrong(error):
                    return f"<p>{escape(error.description)}</p>", 400
            """
        }
    )
