"""Webhooks of a build server that are tried out when they are registered."""

from flask import Flask, jsonify, request

from hooks import Hook, HookError, try_out

app = Flask(__name__)
hooks = []


@app.errorhandler(HookError)
def hook_error(error):
    return jsonify(error="the hook cannot be used"), 422


@app.post("/hooks")
def register():
    hook = Hook.from_json(request.get_json())
    hook.check()
    status = try_out(hook)
    hooks.append(hook)
    return jsonify(number=len(hooks), status=status), 201
