"""Course pages of an evening school with short links to their sections."""

from flask import Flask, abort, redirect, request, url_for

app = Flask(__name__)

SECTIONS = {"dates": "course_dates", "fees": "course_fees"}


class ShortLink:
    def __init__(self, course, args):
        self.course = course
        self.section = args.get("next", "dates")

    def url(self):
        endpoint = SECTIONS.get(self.section)
        if endpoint is None:
            abort(404)
        return url_for(endpoint, course=self.course)


@app.get("/c/<int:course>")
def short_link(course):
    return redirect(ShortLink(course, request.args).url())  # <- safe


@app.get("/courses/<int:course>/dates")
def course_dates(course):
    return {"course": course, "dates": ["Monday", "Thursday"]}


@app.get("/courses/<int:course>/fees")
def course_fees(course):
    return {"course": course, "fee": 120}
