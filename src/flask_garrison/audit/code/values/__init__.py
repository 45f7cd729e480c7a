"""What the interpreter knows of a value: constants, taint by context, string pieces, facts, and objects of the heap."""
