"""The parts of ``benchmarks/audit.py``: how fast source is read, by Garrison and by its peers.

``apps`` unpacks what is read, ``environments`` installs who reads, ``tools`` knows how each is run and what it says,
``edits`` changes one file. ``measure`` runs one process, ``parse`` is the limit, ``rounds`` runs all of them in turn;
``figures`` turns runs into figures, ``report`` figures into the page. ``semgrep.yml`` holds rules of our own.
"""
