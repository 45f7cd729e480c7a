"""Reads Python source: finds the files, parses them whatever their syntax, and names what it could not read."""
