"""The databases of an application: its engines as they are, what their addresses say, what their roles may do."""
