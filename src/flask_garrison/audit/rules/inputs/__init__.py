"""Rules of the chapter ``inputs``."""
