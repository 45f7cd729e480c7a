"""Low-code form builder that generates a small record class per form."""

from flask import Flask, jsonify, request
from flask.views import MethodView

app = Flask(__name__)
RECORDS = {}

SOURCE = """
class {name}:
    fields = {fields!r}

    def __init__(self, **values):
        self.values = {{key: values.get(key) for key in self.fields}}
"""


def generated_source(definition):
    fields = tuple(str(field) for field in definition["fields"])
    return SOURCE.format(name=definition["name"].strip(), fields=fields)


class Forms(MethodView):
    def post(self):
        definition = request.get_json()
        namespace = {}
        code = compile(generated_source(definition), "<form>", "exec")  # <- weak
        exec(code, namespace)  # <- weak
        namespace.pop("__builtins__", None)
        RECORDS.update(namespace)
        return jsonify(forms=sorted(RECORDS)), 201


app.add_url_rule("/forms", view_func=Forms.as_view("forms"))
