import importlib

from flask import abort

_loaded = {}


def load_exporter(name):
    name = name.strip().lower()
    if name not in _loaded:
        try:
            _loaded[name] = importlib.import_module(name)  # <- weak
        except ImportError:
            abort(404)
    module = _loaded[name]
    if not hasattr(module, "render"):
        abort(404)
    return module
