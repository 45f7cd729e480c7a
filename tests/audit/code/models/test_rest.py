"""Views that extensions register, and what a client sends to them."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

COMMANDS = "inputs.command-injection"

FOUND = {
    "Flask-RESTful": """
    import subprocess
    from flask import Flask, request
    from flask_restful import Api, Resource

    class Ping(Resource):
        def get(self, host):
            return subprocess.getoutput("ping " + host)  # found

        def post(self, host):
            return subprocess.getoutput("ping " + request.json["host"])  # found

    Api(Flask(__name__)).add_resource(Ping, "/ping/<host>")
    """,
    "a namespace of Flask-RESTX": """
    import subprocess
    from flask_restx import Namespace, Resource

    ns = Namespace("tools")

    @ns.route("/ping/<host>")
    class Ping(Resource):
        def get(self, host):
            return subprocess.getoutput("ping " + host)  # found
    """,
    "flask-smorest": """
    import subprocess
    from flask.views import MethodView
    from flask_smorest import Blueprint
    from marshmallow import Schema, fields

    blp = Blueprint("tools", __name__)

    class PingSchema(Schema):
        host = fields.String()

    @blp.route("/ping")
    class Ping(MethodView):
        @blp.arguments(PingSchema)
        def post(self, data):
            return subprocess.getoutput("ping " + data["host"])  # found
    """,
    "an exposed method": """
    import subprocess
    from flask_appbuilder import BaseView, expose

    class Tools(BaseView):
        @expose("/ping/<host>")
        def ping(self, host):
            return self.run(host)

        def run(self, host):
            return subprocess.getoutput("ping " + host)  # found
    """,
    "Flask-Classful": """
    import subprocess
    from flask import Flask, request
    from flask_classful import FlaskView

    class Tools(FlaskView):
        def ping(self):
            return subprocess.getoutput("ping " + request.args["host"])  # found

    Tools.register(Flask(__name__))
    """,
    "Socket.IO": """
    import subprocess
    from flask import Flask
    from flask_socketio import SocketIO

    socketio = SocketIO(Flask(__name__))

    @socketio.on("ping")
    def ping(data):
        subprocess.getoutput("ping " + data["host"])  # found
    """,
    "strawberry": """
    import subprocess
    import strawberry

    @strawberry.type
    class Query:
        @strawberry.field
        def ping(self, info, host: str) -> str:
            return subprocess.getoutput("ping " + host)  # found
    """,
    "graphene": """
    import subprocess
    import graphene

    class Query(graphene.ObjectType):
        ping = graphene.String(host=graphene.String())

        def resolve_ping(root, info, host):
            return subprocess.getoutput("ping " + host)  # found
    """,
    "ariadne": """
    import subprocess
    from ariadne import QueryType

    query = QueryType()

    @query.field("ping")
    def ping(_, info, host):
        return subprocess.getoutput("ping " + host)  # found
    """,
    "a parser of arguments": """
    import subprocess
    from flask import Flask
    from flask_restful import Api, Resource, reqparse

    parser = reqparse.RequestParser()
    parser.add_argument("host")
    parser.add_argument("count", type=int)

    class Ping(Resource):
        def get(self):
            args = parser.parse_args()
            subprocess.getoutput(f"ping -c {args['count']} localhost")
            return subprocess.getoutput("ping " + args["host"])  # found

    Api(Flask(__name__)).add_resource(Ping, "/ping")
    """,
    "a view that is wrapped when it is registered": """
    import subprocess
    from flask import Flask
    from flask_login import login_required

    app = Flask(__name__)

    def ping(host):
        return subprocess.getoutput("ping " + host)  # found

    app.add_url_rule("/ping/<host>", view_func=login_required(ping))
    """,
}


@pytest.mark.parametrize("name", FOUND)
def test_what_clients_send(name: str) -> None:
    assert [line for line, _ in findings_in(FOUND[name], COMMANDS)] == marked(FOUND[name])


def test_operations_of_an_openapi_file() -> None:
    files = {
        "openapi.yaml": "paths:\n  /ping:\n    get:\n      operationId: tools.ping\n",
        "app.py": 'import connexion\n\napp = connexion.FlaskApp(__name__)\napp.add_api("openapi.yaml")\n',
        "tools.py": 'import subprocess\n\n\ndef ping(host):\n    return subprocess.getoutput("ping " + host)\n',
    }
    assert [line for line, _ in findings_in(files, COMMANDS)] == [5]


TRUSTED = {
    "a command": """
    import subprocess
    import click
    from flask import Flask

    app = Flask(__name__)

    @app.cli.command("ping")
    @click.argument("host")
    def ping(host):
        subprocess.getoutput("ping " + host)
    """,
    "a task": """
    import subprocess
    from celery import shared_task

    @shared_task
    def ping(host):
        subprocess.getoutput("ping " + host)
    """,
}


@pytest.mark.parametrize("name", TRUSTED)
def test_what_no_client_sends(name: str) -> None:
    assert findings_in(TRUSTED[name], COMMANDS) == []
