"""Reader requests of a public library, sorted by subject for the desk."""

import subprocess

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

SUBJECTS = {"loan": "Extend a loan", "order": "Order a book", "other": "Reader request"}


class ReaderRequest:
    def __init__(self, form):
        self.fields = {"kind": form.get("kind", "other"), "text": form.get("text", "")}

    @property
    def subject(self):
        return SUBJECTS.get(self.fields["kind"]) or abort(400)

    def __str__(self):
        head = "\n".join(("To: desk@library.example", "Subject: " + self.subject))
        return head + "\n\n" + self.fields["text"]


@app.post("/requests")
def reader_request():
    text = str(ReaderRequest(request.form))
    sent = subprocess.run(["/usr/sbin/sendmail", "-t", "-i"], input=text, text=True)  # <- safe
    if sent.returncode:
        abort(503)
    return jsonify(received=True), 202
