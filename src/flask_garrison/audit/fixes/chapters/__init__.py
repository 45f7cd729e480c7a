"""The repairs, a file for each chapter."""
