"""Choice of colours for a public reading site, kept in a cookie that its own script reads."""

from flask import Flask, abort, make_response, render_template, request

app = Flask(__name__)
THEMES = {"light": "#ffffff", "dark": "#111111", "sepia": "#f4ecd8"}
YEAR = 365 * 24 * 3600


def chosen():
    name = request.cookies.get("theme", "light")
    return name if name in THEMES else "light"


@app.context_processor
def colours():
    name = chosen()
    return {"theme": name, "background": THEMES[name]}


@app.get("/")
def index():
    return render_template("index.html", themes=sorted(THEMES))


@app.post("/theme")
def set_theme():
    name = request.form.get("theme")
    if name not in THEMES:
        abort(422)
    answer = make_response("", 204)
    answer.set_cookie("theme", name, max_age=YEAR, secure=True, samesite="Lax", httponly=False)  # <- safe
    return answer
