"""Rules of the chapter ``monitoring``."""
