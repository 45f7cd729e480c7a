"""Functions that threads, pools and loops are given run with what they are given."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

HEAD = """
    import asyncio
    import threading
    from concurrent.futures import ThreadPoolExecutor
    from multiprocessing import Pool
    from flask import Flask, request

    app = Flask(__name__)

    def remove(name, folder="/srv/"):
        import os
        os.remove(folder + name)  # found

"""


@pytest.mark.parametrize(
    "statement",
    [
        'threading.Thread(target=remove, args=(request.args["name"],)).start()',
        'ThreadPoolExecutor().submit(remove, request.args["name"])',
        'ThreadPoolExecutor().map(remove, request.args.getlist("name"))',
        'Pool().apply(remove, (request.args["name"],))',
        'asyncio.to_thread(remove, request.args["name"])',
    ],
)
def test_a_function_runs_with_what_it_is_given(statement: str) -> None:
    code = f'{HEAD}    @app.post("/")\n    def view():\n        {statement}\n        return ""\n'
    assert [line for line, _ in findings_in(code, "inputs.path-traversal-write")] == marked(code)


def test_given_constants_it_is_harmless() -> None:
    call = 'ThreadPoolExecutor().submit(remove, "a")'
    code = f'{HEAD}    @app.post("/")\n    def view():\n        {call}\n        return ""\n'
    assert findings_in(code, "inputs.path-traversal-write") == []
