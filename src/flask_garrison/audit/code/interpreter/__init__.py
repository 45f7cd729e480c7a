"""An abstract interpreter over Python's own ``ast``: one function for each kind of node, found by its type."""
