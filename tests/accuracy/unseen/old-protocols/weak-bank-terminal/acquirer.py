import socket
import ssl
from contextlib import contextmanager

GENERATIONS = {"current": "TLSv1_2", "first": "TLSv1"}


class TerminalHost:
    def __init__(self, host, port, generation):
        self.address = host, port
        self.context = ssl.create_default_context()
        self.context.minimum_version = getattr(ssl.TLSVersion, GENERATIONS[generation])  # <- weak

    @contextmanager
    def connection(self):
        with socket.create_connection(self.address, timeout=8) as plain:
            with self.context.wrap_socket(plain, server_hostname=self.address[0]) as secured:
                yield secured

    def balance(self, pin):
        with self.connection() as line:
            line.sendall(f"AUTH {pin}\nBALANCE\n".encode())
            answer = b""
            while not answer.endswith(b"\n"):
                part = line.recv(256)
                if not part:
                    break
                answer += part
        return int(answer.split()[-1])
