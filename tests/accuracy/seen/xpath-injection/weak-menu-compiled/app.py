"""Menus of a school canteen, selected with a compiled XPath."""

import os

from flask import Flask, g, jsonify, request
from flask.views import MethodView
from lxml import etree

app = Flask(__name__)


@app.before_request
def load_menus():
    g.menus = etree.parse(os.environ["MENU_FILE"])
    g.diet = request.cookies.get("diet", "any")


class DayMenu(MethodView):
    axis = "//day[@name='{day}']/dish"

    def expression(self, day):
        steps = [self.axis.format(day=day)]
        if g.diet != "any":
            steps.append("[contains(@diet, '" + g.diet + "')]")
        return "".join(steps)

    def get(self, number):
        day = ("monday", "tuesday", "wednesday", "thursday", "friday")[number % 5]
        select = etree.XPath(self.expression(day))  # <- weak
        return jsonify([dish.text for dish in select(g.menus)])


app.add_url_rule("/menus/<int:number>", view_func=DayMenu.as_view("menu"))
