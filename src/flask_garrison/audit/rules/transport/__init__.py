"""Rules of the chapter *transport*."""
