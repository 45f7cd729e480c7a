"""Parts of ``benchmarks/real_app_checks.py``: Flask applications that others wrote, given to ``garrison check``."""
