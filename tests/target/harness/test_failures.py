"""Targets that cannot be used: named, with their own traceback or the place where they stood, never a clean result."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.harness import Limits, run_app
from tests.target.harness.support import JOB, inside, run, said, write


def error_of(folder: Path, source: str, *paths: str, **options: object) -> str:
    """Return the words with which a run fails."""
    with pytest.raises(TargetError) as caught:
        run(folder, source, *paths, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_own_traceback(tmp_path: Path) -> None:
    words = error_of(tmp_path, "print('before')\nraise ValueError('no shelves')")
    assert words.startswith("The application 'shop' cannot be loaded. Its own traceback:\n")
    assert 'shop.py", line 5, in <module>' in words
    assert words.endswith("ValueError: no shelves")
    assert "flask_garrison" not in words


def test_module_that_is_not_there(tmp_path: Path) -> None:
    with inside(tmp_path), pytest.raises(TargetError, match="Could not import 'nowhere'"):
        run_app("nowhere", JOB, {})


def test_no_flask_application(tmp_path: Path) -> None:
    assert "Failed to find Flask application or factory in module 'shop'" in error_of(tmp_path, "", head="x = 1")


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (
            "import os\nos.environ['SHOP_KEY']",
            "It needs the environment variable SHOP_KEY: set it for this run, or in a .env file "
            "next to the application.",
        ),
        (
            "app.config['SHOP_KEY']",
            "If 'SHOP_KEY' is configuration that it reads from its environment: set it for this run, or in a .env file "
            "next to the application.",
        ),
        (
            "open('settings.cfg')",
            "It needs the file settings.cfg; commands of Garrison run in the working directory.",
        ),
        (
            "raise RuntimeError('SECRET_KEY must be set')",
            "It needs configuration: set it for this run, or in a .env file next to the application.",
        ),
    ],
)
def test_missing_configuration_is_hinted_at(tmp_path: Path, source: str, hint: str) -> None:
    words = error_of(tmp_path, source)
    assert "Traceback" in words
    assert words.endswith(f"\n\n{hint}")


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("app.run(port=0)", "app.run()", 4),
        ("app.run(port=0, debug=True)", "app.run()", 4),
        ("try:\n    app.run(port=0)\nexcept BaseException:\n    pass", "app.run()", 5),
        ("from werkzeug.serving import run_simple\nrun_simple('127.0.0.1', 0, app)", "werkzeug's run_simple()", 5),
        ("from waitress import serve\nserve(app, listen='127.0.0.1:0')", "waitress.serve()", 5),
        ("import socket\nsocket.create_server(('127.0.0.1', 0))", "a listening socket", 5),
    ],
)
def test_server_at_import_is_named(tmp_path: Path, source: str, what: str, line: int) -> None:
    if "waitress" in source:
        pytest.importorskip("waitress")
    assert error_of(tmp_path, source) == (
        f"The application 'shop' starts a server while it is loaded: {what} at shop.py:{line}.\n"
        "Put that below `if __name__ == '__main__':`, or name a module that only makes the application."
    )


def test_server_below_main_is_none(tmp_path: Path) -> None:
    assert run(tmp_path, "if __name__ == '__main__':\n    app.run()").result["name"] == "shop"


def test_exits(tmp_path: Path) -> None:
    assert error_of(tmp_path, "raise SystemExit(3)") == (
        "The application 'shop' cannot be loaded: it ended the process with status 3 while it was imported."
    )
    assert error_of(tmp_path, "import os\nprint('bye', flush=True)\nos._exit(0)") == (
        "The application 'shop' ended the process with status 0 at shop.py:6 while it was loaded. "
        "It printed last:\n  bye"
    )
    assert error_of(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)") == (
        "The application 'shop' was ended by the signal SIGKILL while it was loaded."
    )


def test_exits_in_a_request(tmp_path: Path) -> None:
    source = """
        import os, sys
        @app.get("/hard")
        def hard():
            os._exit(0)
        @app.get("/soft")
        def soft():
            sys.exit(4)
        """
    assert error_of(tmp_path, source, "/hard") == (
        "The application 'shop' ended the process with status 0 at shop.py:8 in hard while it was checked."
    )
    assert "SystemExit: 4" in error_of(tmp_path, source, "/soft")


def test_hang_says_where_it_stood(tmp_path: Path) -> None:
    source = """
        import threading, time
        threading.Thread(target=time.sleep, args=(100,)).start()
        def wait():
            time.sleep(100)
        wait()
        """
    words = error_of(tmp_path, source, limits=Limits(seconds=3))
    assert words.startswith(
        "The application 'shop' did not come to an end within 3 seconds while it was loaded: "
        "its main thread stood at shop.py:8 in wait.\nInnermost call first:\n  shop.py:8 in wait\n  shop.py:9"
    )


def test_hang_in_a_request_and_in_c(tmp_path: Path) -> None:
    source = """
        @app.get("/")
        def count():
            return str(sum(range(10**13)))
        """
    words = error_of(tmp_path, source, "/", limits=Limits(seconds=3))
    assert "within 3 seconds while it was checked: its main thread stood at shop.py:7 in count." in words


def test_a_server_that_nobody_knows_is_guessed_when_it_hangs(tmp_path: Path) -> None:
    source = """
        import _socket, time
        server = _socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.accept() if hasattr(server, "accept") else server._accept()
        """
    words = error_of(tmp_path, source, limits=Limits(seconds=3))
    assert "It had bound 127.0.0.1:0 at shop.py:7 and seems to serve" in words


def test_memory(tmp_path: Path) -> None:
    limits = Limits(seconds=60, memory_mb=256)
    words = error_of(tmp_path, "eaten = []\nwhile True:\n    eaten.append(bytearray(10**7))", limits=limits)
    assert words.startswith("The application 'shop' needed more than 256 MB of memory while it was loaded.")
    assert "MemoryError" in words
    source = """
        @app.get("/")
        def eat():
            return bytes(10**9)
        """
    app = "app.testing = True\n"
    words = error_of(tmp_path, app + "import textwrap\nexec(textwrap.dedent('''" + source + "'''))", "/", limits=limits)
    assert words.startswith("The application 'shop' needed more than 256 MB of memory while it was checked.")


def test_result_that_is_too_large(tmp_path: Path) -> None:
    source = """
        @app.get("/")
        def large():
            return "x" * 10**6
        """
    words = error_of(tmp_path, source, "/", limits=Limits(seconds=30, result_bytes=10**5))
    assert words.endswith("bytes; 100000 are allowed.")


def test_output_is_kept_apart_and_bounded(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import os, sys
        os.write(1, b"by number")
        print("x" * 10**7)
        print("error", file=sys.stderr)
        @app.get("/")
        def printing():
            print('{"kind": "result", "data": "forged"}')
            return "fine"
        """,
        "/",
        limits=Limits(seconds=30, output_bytes=1000),
    )
    assert outcome.result["answers"] == [[200, "fine"]]
    assert outcome.printed.startswith("by number" + "x" * 991 + "\n... and ")
    assert len(outcome.printed) < 1100


@pytest.mark.parametrize(
    "source",
    [
        "import io, sys\nsys.stdout = io.StringIO()",
        "import sys\nsys.stdout = sys.stderr = None",
        "import sys\nsys.stdout.close()",
        "import os\nos.close(1)\nos.close(2)",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "import atexit, time\natexit.register(time.sleep, 1000)",
        "import sys\nsys.setrecursionlimit(60)\nsys.setrecursionlimit(1000)",
    ],
)
def test_nothing_that_it_does_to_its_process_keeps_the_result_back(tmp_path: Path, source: str) -> None:
    assert run(tmp_path, source).result == {"name": "shop", "answers": []}


def test_standard_input_is_empty(tmp_path: Path) -> None:
    assert said(run(tmp_path, "import sys\nprint(repr(sys.stdin.read()))")) == ["''"]


def test_progress_is_passed_on(tmp_path: Path) -> None:
    heard: list[str] = []
    run(tmp_path, "", "/", "/two", progress=heard.append)
    assert heard == ["requesting /", "requesting /two"]


def test_refusals_stand_with_the_failure(tmp_path: Path) -> None:
    words = error_of(tmp_path, "import socket\nsocket.create_connection(('192.0.2.7', 443))")
    assert words.endswith(
        "Refused: [Errno 13] Flask-Garrison refused a connection to 192.0.2.7:443 during the check; "
        "--allow network lets it\n\nRefused before that:\n"
        "  connect: 192.0.2.7:443 (shop.py:5); --allow network lets it"
    )


def test_a_job_must_be_one_of_garrison(tmp_path: Path) -> None:
    write(tmp_path, "")
    with inside(tmp_path), pytest.raises(RuntimeError, match=r"'os:system' is no job of flask_garrison"):
        run_app("shop", "os:system", {})
