"""Receipt of a donation to an animal shelter, assembled without a template."""

from flask import Flask, Response, request
from markupsafe import Markup

app = Flask(__name__)

ROW = Markup("<tr><th>{label}</th><td>{value}</td></tr>")
FRAME = Markup("<table>%s</table><p>Thank you, %s!</p>")


def rows(fields):
    for label, value in fields:
        yield ROW.format(label=label, value=value)


@app.post("/donations/receipt")
def receipt():
    donor = request.form.get("donor", "friend")
    fields = [("Animal", request.form.get("animal", "")), ("Amount", request.form.get("amount", "0"))]
    note = request.form.get("note")
    anonymous = request.form.get("anonymous") == "yes"
    if anonymous:
        donor = "friend"
    if note:
        fields.append(("Note", note))
    table = Markup("").join(rows(fields))
    page = FRAME % (table, donor)
    return Response(page, content_type="text/html; charset=utf-8")  # <- safe
