"""Parts of ``benchmarks/peer_suites.py``: the published tests of other projects, bare and under guard."""
