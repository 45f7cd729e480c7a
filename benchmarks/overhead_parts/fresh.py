"""A fresh process: imports, builds a small application, answers once, and says what that cost.

Run as ``python -I fresh.py SUBJECT STAGE``. The subject is ``bare``, ``four`` or ``garrison``; the stage ``import``,
``plain`` (import, guard, one line of text) or ``page`` (import, guard, a template with a script and a form). It imports
nothing that the subject does not import anyway, and prints one line of JSON.
"""

import io
import json
import sys
import time

PAGE = """<!doctype html><title>{{ title }}</title><script>document.title += "!";</script>
<form method="post" action="/"><input name="word"><button>Send</button></form>"""


def import_subject(subject: str) -> None:
    """Import what an application of this kind imports."""
    if subject == "bare":
        import flask  # noqa: F401
    elif subject == "garrison":
        import flask_garrison  # noqa: F401
    else:
        import flask_limiter.util  # noqa: F401
        import flask_login  # noqa: F401
        import flask_talisman  # noqa: F401
        import flask_wtf  # noqa: F401


def build(subject: str):  # type: ignore[no-untyped-def]
    """Return an application under guard, with one view."""
    from flask import Flask, render_template_string

    app = Flask("start")
    app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"
    app.add_url_rule("/plain", "plain", lambda: "One line of text.")
    app.add_url_rule("/page", "page", lambda: render_template_string(PAGE, title="Start"))
    if subject == "garrison":
        from flask_garrison import Garrison

        Garrison(app, hosts=["shop.example"], proxies=0, rate_limit="1000000 per hour")
    elif subject == "four":
        guard_with_four(app)
    return app


def guard_with_four(app) -> None:  # type: ignore[no-untyped-def]
    """Guard ``app`` with the usual four."""
    from flask_limiter import Limiter
    from flask_limiter.util import get_remote_address
    from flask_login import LoginManager
    from flask_talisman import Talisman
    from flask_wtf import CSRFProtect

    Talisman(app)
    CSRFProtect(app)
    Limiter(get_remote_address, app=app, default_limits=["1000000 per hour"], storage_uri="memory://")
    LoginManager(app).user_loader(lambda user_id: None)


def answer_once(app, path: str) -> None:  # type: ignore[no-untyped-def]
    """Send one request, as a server and a browser would, and read the whole answer."""
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "shop.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_HOST": "shop.example",
        "HTTP_SEC_FETCH_SITE": "none",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    statuses: list[str] = []
    chunks = app(environ, lambda status, headers, error=None: statuses.append(status))
    body = b"".join(chunks)
    chunks.close()
    if statuses != ["200 OK"] or not body:
        raise SystemExit(f"{path} was answered {statuses}.")


def memory_kib() -> int:
    """Return the memory that is this process's own, in KiB; where the system does not say, its largest size."""
    try:
        with open("/proc/self/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))
    except OSError:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // 1024 if sys.platform == "darwin" else peak


def main(subject: str, stage: str) -> None:
    """Print milliseconds of CPU and of the clock, and KiB of memory."""
    clock, cpu = time.perf_counter_ns(), time.process_time_ns()
    import_subject(subject)
    if stage != "import":
        answer_once(build(subject), f"/{stage}")
    clock, cpu = time.perf_counter_ns() - clock, time.process_time_ns() - cpu
    print(json.dumps({"cpu": cpu / 1e6, "clock": clock / 1e6, "memory": memory_kib()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
