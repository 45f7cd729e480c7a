import logging
import time

from werkzeug.debug import DebuggedApplication

log = logging.getLogger("access")


class Timed:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        begun = time.monotonic()
        try:
            return self.inner(environ, start_response)
        finally:
            log.info("%s took %.3f s", environ.get("REQUEST_METHOD"), time.monotonic() - begun)


def wrap_all(wsgi):
    layers = [Timed, lambda inner: DebuggedApplication(inner, evalex=True)]  # <- weak
    for layer in layers:
        wsgi = layer(wsgi)
    return wsgi
