"""Medicines, residents and what was given when."""
