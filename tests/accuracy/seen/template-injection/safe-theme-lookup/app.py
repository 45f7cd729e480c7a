"""Public pages of a theatre in several visual themes."""

from flask import Flask, g, render_template, request
from jinja2 import Environment, FileSystemLoader, select_autoescape

app = Flask(__name__)
BANNERS = {
    "classic": "Welcome to {{ hall }}",
    "summer": "{{ hall }} under the stars: {{ motto }}",
}
environment = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape(default=True))


@app.before_request
def choose_theme():
    wanted = request.cookies.get("theme", "classic")
    g.theme = wanted if wanted in BANNERS else "classic"


def banner(**values):
    template = environment.from_string(BANNERS[g.theme])  # <- safe
    return template.render(values)


@app.get("/halls/<hall>")
def hall_page(hall):
    text = banner(hall=hall, motto=request.args.get("motto", "see you soon"))
    return render_template("hall.html", banner=text, theme=g.theme)
