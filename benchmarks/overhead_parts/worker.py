"""One side in a process of its own: proves its protection, then sends itself requests whenever it is asked.

Started as ``python -m overhead_parts.worker SIDE``. It speaks JSON, a line each way: first ``{"problems": [...]}``,
then for each ``{"workload", "slices", "requests"}`` a list of nanoseconds of CPU time a request, one for each slice.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from .acts import problems_of
from .sides import SIDES
from .site import fill_database
from .visitor import Application, Prepared
from .workloads import HonestRequestError, prepare_all

WARM_UP = 200
REWARM = 5


def time_slice(app: Application, prepared: Prepared, requests: int) -> float:
    """Send one request ``requests`` times; return the CPU time of each, in nanoseconds, on average.

    CPU time of the whole process: what other programs do to the clock does not count, what a guard's own threads do
    does. The environ of each call is a copy, and the body of the answer is read to its end.
    """
    base, body = prepared.environ, prepared.body
    start = time.process_time_ns()
    for _ in range(requests):
        environ = base.copy()
        environ["wsgi.input"] = io.BytesIO(body)
        chunks: Any = app(environ, _start_response)
        for _chunk in chunks:
            pass
        if hasattr(chunks, "close"):
            chunks.close()
    return (time.process_time_ns() - start) / requests


def _start_response(status: str, headers: object, error: object = None) -> None:
    """Take the status and headers, as a server does, and forget them."""


def turn(app: Application, prepared: Prepared, slices: int, requests: int) -> list[float]:
    """Return the time of a request in each of ``slices`` slices.

    The collector of garbage is on, as in a server, and starts each turn with nothing to do.
    """
    gc.collect()
    time_slice(app, prepared, REWARM)
    return [time_slice(app, prepared, requests) for _ in range(slices)]


def prepare(side: str, folder: Path) -> tuple[list[str], Application, dict[str, Prepared]]:
    """Build a side and prove it.

    Returns:
        What does not hold, the application to measure, and its requests by workload.
    """
    database = folder / "shop.sqlite"
    fill_database(database)
    build = partial(SIDES[side].build, database)
    problems = problems_of(side, build)
    app = build()
    try:
        requests = prepare_all(app)
    except HonestRequestError as error:
        return [*problems, str(error)], app, {}
    return problems, app, requests


def main() -> None:
    """Serve one side until standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        problems, app, requests = prepare(sys.argv[1], Path(folder))
        for prepared in requests.values():
            time_slice(app, prepared, WARM_UP)
        gc.collect()
        gc.freeze()
        print(json.dumps({"problems": problems}), flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            answer = turn(app, requests[order["workload"]], order["slices"], order["requests"])
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
