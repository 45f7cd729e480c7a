"""The cases are read, never run, so they are no tests."""

collect_ignore = ["seen", "unseen"]
