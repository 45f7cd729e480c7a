"""Rules of the chapter ``dependencies``."""
