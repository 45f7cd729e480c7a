"""Repairs that a machine can make: small edits at exact places, each tried on a copy of the tree before it is written.

A repair is a function in :mod:`.chapters`, found by walking that package. It is given the place of a finding, looks for
itself whether the code there is what it expects, and else does nothing.
"""
