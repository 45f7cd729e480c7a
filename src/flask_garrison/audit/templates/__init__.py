"""Reads templates without rendering them: which there are, what tags they hold, and which endpoints render them."""
