import os
import socket


class StockClient:
    def __init__(self, host, port):
        self.address = (host, port)
        self.common = {"Host": host, "X-Client": "webshop", "X-Key": os.environ["STOCK_KEY"]}

    def exchange(self, verb, path, headers):
        lines = [f"{verb} {path} HTTP/1.0"]
        lines += [f"{name}: {value}" for name, value in {**self.common, **headers}.items()]
        message = "\r\n".join(lines) + "\r\n\r\n"
        with socket.create_connection(self.address, timeout=5) as link:
            link.sendall(message.encode("latin-1", "replace"))  # <- weak
            return link.recv(4096)

    def reserve(self, article, amount, reference=""):
        headers = {"Content-Length": "0"}
        if reference:
            headers["X-Reference"] = reference[:80]
        return self.exchange("POST", f"/articles/{article}/reserve/{amount}", headers)
