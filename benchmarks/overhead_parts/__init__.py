"""The parts of ``benchmarks/overhead.py``: what a guard costs a Flask application.

``site`` is the application, ``sides`` the guards, ``visitor`` the browser, ``workloads`` the requests, ``acts`` the
proof that a guard guards. ``worker`` runs one side in a process of its own and ``rounds`` asks all of them in turn;
``fresh`` is a process that starts, imports and answers once, and ``starts`` runs many. ``figures`` turns samples into
figures, ``report`` figures into words.
"""
