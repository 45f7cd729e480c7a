"""Name badges of a conference, rendered from a short inline template."""

from flask import Flask, abort, render_template_string, request

app = Flask(__name__)

BADGE = """<div class="badge">
  <strong>{{ name }}</strong>
  {% if company %}<span>{{ company }}</span>{% endif %}
</div>"""
STAFF_BADGE = BADGE.replace("badge", "badge staff", 1)


def badge(values):
    options = {"source": BADGE}
    options["values"] = {key: value.strip() for key, value in values.items()}
    if values.get("role") == "staff":
        options["source"] = STAFF_BADGE
    return options


@app.post("/badges")
def print_badge():
    options = badge({field: request.form.get(field, "") for field in ("name", "company", "role")})
    if not options["values"]["name"]:
        abort(400)
    return render_template_string(options["source"], **options["values"])  # <- safe
