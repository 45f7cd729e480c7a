"""Reading of pipeline files."""
