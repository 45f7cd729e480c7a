"""History view of a documentation wiki that keeps its pages in git."""

import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)
REPOSITORY = "/srv/wiki/pages.git"


class GitError(RuntimeError):
    pass


@app.errorhandler(GitError)
def git_error(error):
    return jsonify(error="no such revision"), 404


def git(*arguments):
    command = ["git", "-C", REPOSITORY, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10)  # <- weak
    if done.returncode:
        raise GitError(done.returncode)
    return done.stdout.splitlines()


def history(revision, limit):
    return git("log", f"--max-count={limit}", "--format=%h %s", revision)


@app.get("/history")
def show_history():
    limit = request.args.get("limit", 20, type=int)
    revision = request.args.get("revision") or "main"
    entries = [line.partition(" ") for line in history(revision, limit)]
    return jsonify([{"commit": commit, "subject": subject} for commit, _, subject in entries])
