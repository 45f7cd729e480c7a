"""Parts of ``benchmarks/real_apps.py``: Flask applications that others wrote, bare and under guard."""
