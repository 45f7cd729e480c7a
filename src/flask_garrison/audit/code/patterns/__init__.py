"""Regular expressions, read and never run: what a match proves of a text, and what can make one take for ever."""
