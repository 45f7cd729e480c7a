"""Style sheet of a forum in the colours that the reader has chosen."""

from flask import Flask, Response, g, request

from themes import ThemeLoader

app = Flask(__name__)
loader = ThemeLoader("/srv/forum/themes")


@app.before_request
def choose_theme():
    g.theme = request.cookies.get("theme", "light.css").replace("../", "")


@app.get("/style.css")
def style():
    css = loader.read(g.theme)
    return Response(css, mimetype="text/css", headers={"Vary": "Cookie"})


@app.get("/themes")
def names():
    return {"themes": loader.names(), "current": g.theme}
