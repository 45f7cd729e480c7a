"""The rules: ``<chapter>/<subject>.py``, each with one message and one small function."""
