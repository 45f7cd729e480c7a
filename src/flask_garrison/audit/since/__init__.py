"""Only what a change touches: the findings in lines and functions that differ from a revision in git.

The files are compared as they lie there, so that what is not committed counts, and what is not even added. The
repository is not trusted: git is asked for commits, names and contents alone, and runs nothing that it configures.
"""
