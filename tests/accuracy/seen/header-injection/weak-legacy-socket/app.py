"""Gateway to a legacy stock system that speaks HTTP/1.0 on a plain socket."""

import os
import socket

from flask import Flask, Response, request

app = Flask(__name__)


class StockLink:
    def __init__(self, address=("stock.internal", 8010)):
        self.address = address
        self.headers = ["Host: stock.internal", "Authorization: Basic " + os.environ["STOCK_CREDENTIALS"]]

    def header(self, name, value):
        self.headers.append(f"{name}: {value}")

    def get(self, path):
        message = "\r\n".join([f"GET {path} HTTP/1.0", *self.headers, "", ""])
        with socket.create_connection(self.address, timeout=5) as link:
            link.sendall(message.encode("latin-1", "replace"))  # <- weak
            return link.makefile("rb").read(100_000)


@app.get("/stock/<int:article>")
def stock(article):
    link = StockLink()
    link.header("X-Branch", request.args.get("branch", "central"))
    answer = link.get(f"/articles/{article}")
    return Response(answer.partition(b"\r\n\r\n")[2], mimetype="text/plain")
