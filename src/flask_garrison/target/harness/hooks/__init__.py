"""The guards in Python: a private copy for what is written, and a refusal for what leaves the process."""
